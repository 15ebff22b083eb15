// Ordinary sentences come out of the quick way exactly as out of the renderer, and everything else does not go that way.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@/lib/text/markdown";
import { renderProse } from "@/lib/text/prose";

const options = { dialect: "comment", ownOrigin: "https://talk.example.org" } as const;

describe("ordinary sentences", () => {
  it.each([
    "Yes.",
    "Olbers asked the same: why is it dark at night?",
    "One.\n\nTwo,\nthree; four – five…",
    "“Never,” she said (in 1987), 'or \"hardly\" ever' … 3/4 of them, 50 % – and/or more!",
    "Größe, naïveté, Ελληνικά, русский, 日本語の文章。".replace("。", "."),
    "e.g. example.org, README.md and a.b@c".replace("@", " at "),
    "12 monkeys\n1987 was a year\nA - b -- c --- d",
    `${"word ".repeat(900)}end.`,
  ])("%j are rendered at once, as the renderer does it", (text) => {
    expect(renderProse(text)).toEqual(renderMarkdown(text, options));
  });
});

describe("anything that may mean something", () => {
  it.each([
    ["nothing at all", ""],
    ["emphasis", "Not *so* fast"],
    ["code", "Use `npm`"],
    ["a list", "- one\n- two"],
    ["a numbered list", "First:\n1. one"],
    ["a numbered list with brackets", "1) one"],
    ["an address", "See https://example.org/a"],
    ["an address without a scheme", "See WWW.example.org"],
    ["a heading", "Title\n---"],
    ["a table", "a | b\n- | -"],
    ["a quotation", "> so"],
    ["an entity", "fish &amp; chips"],
    ["HTML", "<b>so</b>"],
    ["an indented line", "so:\n\n    code"],
    ["a tab", "so\tit is"],
    ["a line that ends with spaces", "so  \nit is"],
    ["many empty lines", "so\n\n\nit is"],
    ["a control of direction", "so\u202e it is"],
    ["a space that does not break", "so\u00a0it is"],
  ])("%s is the renderer's", (_name, text) => {
    expect(renderProse(text)).toBeUndefined();
  });
});

it("whatever is taken for ordinary sentences is rendered as by the renderer", () => {
  const piece = fc.constantFrom(
    ..."abzÄщ語٣1 0 9 . , ; : ? ! ' \" ( ) % / - – … ’".split(" "),
    ...[
      "word",
      "http:",
      "www",
      "www.",
      "mailto:",
      "12.",
      "3)",
      " ",
      " ",
      "\n",
      "\n\n",
      "e\u0301",
      "--",
      "://",
      "ftp",
      "x.y",
    ],
    ...["#", "*", "_", "&", "<", "[", "]", "|", "~", "=", "+", "@", "\\", "`", "\t"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const rendered = renderProse(text);
      if (rendered) expect(rendered).toEqual(renderMarkdown(text, options));
    }),
    { numRuns: 3_000 },
  );
});
