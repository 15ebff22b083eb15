// Feeds and the sitemap hold whatever people wrote: an XML parser accepts them and reads back the very words (R61).
import sax from "sax";
import { describe, expect, test } from "vitest";
import type { FeedEntry, FeedView } from "@/lib/services/read-feed";
import { absoluteLinks } from "@/lib/text/absolute-links";
import { renderMarkdown } from "@/lib/text/markdown";
import { asSafeHtml } from "@/lib/text/safe-html";
import { printXml, xml } from "@/lib/text/xml";
import { atomFeed, jsonFeed } from "@/lib/web/feed";
import { sitemapIndex, urlSet } from "@/lib/web/sitemap";
import { attackVectors } from "@/tests/support/attack-vectors";

const origin = "https://talk.example.org";
const at = new Date("2026-11-23T05:00:00.000Z");
const place = { origin, self: "/feed.xml" };

function entry(about: Partial<FeedEntry> = {}): FeedEntry {
  return {
    kind: "article",
    id: "1",
    path: "/articles/a",
    title: "A title",
    summary: "",
    html: asSafeHtml("<p>Text.</p>"),
    publishedAt: at,
    updatedAt: at,
    authors: [],
    topics: [],
    inReplyTo: null,
    ...about,
  };
}

function feed(entries: FeedEntry[]): FeedView {
  return { id: "site", siteName: "Talk", title: "Talk", subtitle: "", path: "/", updatedAt: at, entries };
}

/** The texts of all elements of each name, read by a parser that forgives nothing. @throws Error when it is no XML */
function textsOf(document: string): Record<string, string[]> {
  const parser = sax.parser(true);
  const open: { name: string; text: string }[] = [];
  const texts: Record<string, string[]> = {};
  parser.onopentag = ({ name }) => open.push({ name, text: "" });
  parser.ontext = (text) => {
    const innermost = open.at(-1);
    if (innermost) innermost.text += text;
  };
  parser.onclosetag = () => {
    const closed = open.pop();
    if (closed) texts[closed.name] = [...(texts[closed.name] ?? []), closed.text];
  };
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(document).close();
  return texts;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML has no way to say
const unsayable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** What XML 1.0 can carry of a text. */
const sayable = (text: string) => text.replace(unsayable, "");

const awkward = [
  "]]>",
  "<![CDATA[x]]>",
  "<!-- -- -->",
  "<?xml version='1.0'?>",
  "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
  "&amp;&#0;&nbsp;",
  "a\u0000b\u0008c\u001fd\ufffee\uffff",
  "\ud800 alone \udfff",
  "tab\tand\r\nline\rbreaks",
  "quotes \" and '",
  "🎉 \u202Eeksat\u202C",
];

const texts = [...attackVectors.map((vector) => vector.source), ...awkward];

test("every attack in titles, names, topics and texts is text in Atom", () => {
  const read = textsOf(
    atomFeed(
      feed(
        texts.map((text, nth) =>
          entry({
            id: String(nth),
            title: text,
            summary: text,
            html: asSafeHtml(text),
            authors: [{ name: text, handle: null }],
            topics: [{ slug: text, name: text }],
          }),
        ),
      ),
      place,
    ),
  );
  const expected = texts.map(sayable);
  expect(read.title).toEqual(["Talk", ...expected]);
  expect(read.summary).toEqual(expected);
  expect(read.name).toEqual(["Talk", ...expected]);
});

test("every attack rendered as readers see it survives the way into a feed", () => {
  const rendered = texts.map((text) => renderMarkdown(text, { dialect: "article", ownOrigin: origin }).html);
  const document = atomFeed(feed(rendered.map((html, nth) => entry({ id: String(nth), html }))), place);
  expect(textsOf(document).content).toEqual(
    rendered.map((html) => sayable(absoluteLinks(html, `${origin}/articles/a`))),
  );
});

test("every attack is text in JSON Feed", () => {
  const read = JSON.parse(jsonFeed(feed(texts.map((text) => entry({ title: text }))), place));
  expect(read.items.map((item: { title: string }) => item.title)).toEqual(texts);
});

test("every attack in an address is text in the sitemap and its index", () => {
  expect(
    textsOf(
      urlSet(
        texts.map((path) => ({ path, modifiedAt: at })),
        origin,
      ),
    ).loc,
  ).toHaveLength(texts.length);
  expect(textsOf(sitemapIndex(texts, origin)).loc).toHaveLength(texts.length);
});

describe("an Atom feed", () => {
  const comment = entry({
    kind: "comment",
    id: "7",
    path: "/comments/7",
    authors: [{ name: "Ada", handle: "ada" }],
    inReplyTo: { kind: "comment", id: "3", path: "/comments/3" },
  });
  const document = atomFeed({ ...feed([comment]), path: "/articles/a" }, { origin, self: "/articles/a/comments.xml" });

  test.each([
    [
      "says where it is itself",
      `<link rel="self" type="application/atom+xml" href="${origin}/articles/a/comments.xml"/>`,
    ],
    ["leads to its page", `<link rel="alternate" type="text/html" href="${origin}/articles/a"/>`],
    ["has entries whose ids do not depend on their address", "<id>tag:talk.example.org,2026:comment-7</id>"],
    ["names authors with their pages", `<author><name>Ada</name><uri>${origin}/people/ada</uri></author>`],
    ["says what a comment answers", `ref="tag:talk.example.org,2026:comment-3" href="${origin}/comments/3"`],
    ["is dated as its standard wants it", "<updated>2026-11-23T05:00:00.000Z</updated>"],
  ])("%s", (_sentence, part) => {
    expect(document).toContain(part);
  });
});

test("an article whose text found no room is carried by its summary", () => {
  const full = feed([entry({ html: null, summary: "In short." })]);
  expect(textsOf(atomFeed(full, place))).toMatchObject({ summary: ["In short."] });
  expect(textsOf(atomFeed(full, place))).not.toHaveProperty("content");
  expect(JSON.parse(jsonFeed(full, place)).items[0]).toMatchObject({ content_text: "In short." });
});

test.each([
  ["a path of ours", '<a href="/topics">x</a>', `<a href="${origin}/topics">x</a>`],
  ["a part of the page", '<a href="#user-content-fn">x</a>', `<a href="${origin}/articles/a#user-content-fn">x</a>`],
  ["a picture of ours", '<img src="/u/abc" alt="" />', `<img src="${origin}/u/abc" alt="" />`],
  ["another site", '<a href="https://b.example/">x</a>', '<a href="https://b.example/">x</a>'],
  ["an address without a scheme", '<a href="//b.example/">x</a>', '<a href="//b.example/">x</a>'],
  ["text that looks like a link", '<code>&lt;a href="/x"&gt;</code>', '<code>&lt;a href="/x"&gt;</code>'],
])("in HTML that leaves the site, %s", (_sentence, html, expected) => {
  expect(absoluteLinks(html, `${origin}/articles/a`)).toBe(expected);
});

test("attributes without a value are left out, empty elements are closed", () => {
  expect(printXml(xml("a", { b: undefined, c: "" }, xml("d", {})))).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n<a c=""><d/></a>\n',
  );
});
