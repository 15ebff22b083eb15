// Pictures of ours keep their room on the page: which a text names, and what becomes of their sizes.
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "@/lib/text/markdown";
import { picturesNamed } from "@/lib/text/own-pictures";
import type { PictureSize } from "@/lib/text/rendered";

const id = "abcdefghijklmnopqrstuv";
const other = "ABCDEFGHIJKLMNOPQRST_-";

describe("the pictures that a text names", () => {
  const rows: [string, string, string[]][] = [
    ["one", `![a](/u/${id})`, [id]],
    ["each once, in their order", `![a](/u/${id}) ![b](/u/${other}) ![c](/u/${id})`, [id, other]],
    ["by a whole address, too", `![a](https://talk.example.org/u/${id} "A title")`, [id]],
    ["none that is too short or too long for an id", `![a](/u/abc) ![b](/u/${id}x)`, []],
    ["none in a text without pictures", "Words alone.", []],
  ];
  test.each(rows)("%s", (_what, source, expected) => expect(picturesNamed(source)).toEqual(expected));

  test("no more than five hundred", () => {
    const many = Array.from({ length: 600 }, (_, n) => `![](/u/${String(n).padStart(22, "x")})`);
    expect(picturesNamed(many.join(" "))).toHaveLength(500);
  });
});

describe("room for a picture", () => {
  const html = (pictures: Record<string, PictureSize> | undefined, dialect: "article" | "comment" = "article") =>
    renderMarkdown(`![a](/u/${id})`, { dialect, ownOrigin: "https://talk.example.org", pictures }).html;
  const known = { [id]: { width: 640, height: 427 } };

  test("is kept where its size is known", () => {
    expect(html(known)).toBe(
      `<p><img src="/u/${id}" alt="a" width="640" height="427" loading="lazy" decoding="async" /></p>\n`,
    );
  });
  test("follows what is known now, not what was known of the text before", () => {
    html(known);
    expect(html({ [id]: { width: 1, height: 2 } })).toContain('width="1" height="2"');
  });
  test.each([
    ["nothing is known", undefined],
    ["another picture is known", { [other]: { width: 1, height: 1 } }],
    ["the size is none", { [id]: { width: 0, height: 5 } }],
    ["the size is beyond any picture", { [id]: { width: 1_000_000, height: 1_000_000 } }],
  ])("is not kept where %s", (_why, pictures) => expect(html(pictures)).not.toMatch(/width|height/));
  test("is not kept in comments, which show no pictures", () => expect(html(known, "comment")).not.toContain("width"));
});
