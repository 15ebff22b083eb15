// The reader of WordPress exports: what it finds, what it forgives, what it refuses, and that it needs little memory.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { readWxr, type WxrEntry, WxrError, type WxrItem } from "@/lib/text/wxr";
import { exportFoot, exportHead, exportItem, wordpressExport } from "../fixtures/wordpress-export";

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function entriesOf(text: string, size = 1_000): Promise<WxrEntry[]> {
  const entries: WxrEntry[] = [];
  for await (const entry of readWxr(inPieces(text, size))) entries.push(entry);
  return entries;
}

async function itemsOf(text: string): Promise<WxrItem[]> {
  return (await entriesOf(text)).flatMap((entry) => (entry.kind === "item" ? [entry.item] : []));
}

const sample = wordpressExport({
  authors: [{ login: "anna", email: "anna@example.org", name: "Anna Ünal" }],
  categories: [{ slug: "news", name: "News", description: "What is new" }],
  items: [
    {
      id: 7,
      title: "A <em>title</em>",
      slug: "a-title",
      modified: "2014-01-01 00:00:00",
      content: "One ]]> two\n\nthree ü 中文",
      excerpt: "Short",
      terms: [{ domain: "category", nicename: "news", name: "News" }],
      meta: { _thumbnail_id: "9" },
      comments: [{ id: 3, parent: 2, content: "[[...] Said. [...]]" }],
    },
  ],
});

describe("what it finds", () => {
  test.each([1, 7, 1_000_000])("everything, in pieces of %d bytes", async (size) => {
    const entries = await entriesOf(sample, size);
    expect(entries.map((entry) => entry.kind)).toEqual(["author", "term", "site", "item"]);
    expect(entries[0]).toEqual({
      kind: "author",
      author: { login: "anna", email: "anna@example.org", displayName: "Anna Ünal" },
    });
    expect(entries[1]).toEqual({
      kind: "term",
      term: { taxonomy: "category", slug: "news", name: "News", description: "What is new" },
    });
    expect(entries[2]).toEqual({
      kind: "site",
      site: { title: "The old site", link: "https://old.example.org", language: "en-GB" },
    });
    const item = entries[3]?.kind === "item" ? entries[3].item : undefined;
    expect(item).toMatchObject({
      id: "7",
      type: "post",
      status: "publish",
      title: "A <em>title</em>",
      slug: "a-title",
      creator: "anna",
      content: "One ]]> two\n\nthree ü 中文",
      excerpt: "Short",
      commentsOpen: true,
      terms: [{ taxonomy: "category", slug: "news", name: "News" }],
      tooLarge: false,
    });
    expect(item?.publishedAt?.toISOString()).toBe("2013-03-14T10:00:00.000Z");
    expect(item?.modifiedAt?.toISOString()).toBe("2014-01-01T00:00:00.000Z");
    expect(item?.meta.get("_thumbnail_id")).toBe("9");
    expect(item?.comments).toHaveLength(1);
    expect(item?.comments[0]).toMatchObject({
      id: "3",
      parentId: "2",
      content: "[[...] Said. [...]]",
      approved: "1",
      userId: "0",
    });
  });

  test.each([
    ["a draft without dates has none", "0000-00-00 00:00:00", null],
    ["a date that is none is none", "2013-13-77 10:00:00", null],
    ["a good one is UTC", "2013-03-14 10:00:00", "2013-03-14T10:00:00.000Z"],
  ])("%s", async (_, date, expected) => {
    const [item] = await itemsOf(wordpressExport({ items: [{ id: 1, date, modified: "" }] }));
    expect(item?.publishedAt?.toISOString() ?? null).toBe(expected);
  });

  test("the encoding that the first line names is used", async () => {
    const latin = Buffer.from(sample.replace("UTF-8", "ISO-8859-1").replace(" 中文", ""), "latin1");
    const entries: WxrEntry[] = [];
    for await (const entry of readWxr(
      (async function* () {
        yield latin;
      })(),
    ))
      entries.push(entry);
    expect(entries[0]).toMatchObject({ author: { displayName: "Anna Ünal" } });
  });
});

describe("what it forgives", () => {
  test.each([
    ["an entity that only HTML knows", "<title>A&nbsp;B</title>", "A\u00a0B"],
    ["an entity that nobody knows stays as written", "<title>A &foo; B</title>", "A &foo; B"],
    ["a lone ampersand stays as written", "<title>Q & A</title>", "Q & A"],
  ])("%s", async (_, title, expected) => {
    const [item] = await itemsOf(
      wordpressExport({ items: [{ id: 1 }] }).replace(/<title><!\[CDATA\[Title 1\]\]><\/title>/, title),
    );
    expect(item?.title).toBe(expected);
  });

  test("notices of PHP before and after the file", async () => {
    expect(await itemsOf(`Warning: something\n${wordpressExport({ items: [{ id: 1 }] })}\nDone.`)).toHaveLength(1);
  });
});

describe("what it refuses, with the line and a sentence", () => {
  test.each([
    ["another kind of file", "<html><body>Log in</body></html>", 1, /not a WordPress export: it begins with <html>/],
    ["an RSS feed cut to nothing", '<?xml version="1.0"?>\n<rss></rss>', 2, /not a WordPress export/],
    ["nothing at all", "", 1, /not a WordPress export|ends in the middle/],
    [
      "tags that do not close",
      `${exportHead()}<item>\n<title>x</item>${exportFoot}`,
      11,
      /not sound XML at line \d+: unexpected close tag/,
    ],
    ["a file that was cut off", sample.slice(0, -60), 0, /ends in the middle/],
    [
      "an encoding that nobody knows",
      '<?xml version="1.0" encoding="klingon"?><rss/>',
      1,
      /"klingon", which is not known/,
    ],
  ])("%s", async (_, text, line, message) => {
    const failure = await entriesOf(text).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WxrError);
    if (!(failure instanceof WxrError)) return;
    expect(failure.message).toMatch(message);
    if (line > 0) expect(failure.line).toBe(line);
  });

  test("what came before a fault is given all the same", async () => {
    const seen: string[] = [];
    const broken = `${exportHead()}${exportItem({ id: 1 })}<item><b></item>`;
    await expect(
      (async () => {
        for await (const entry of readWxr(inPieces(broken, 50))) seen.push(entry.kind);
      })(),
    ).rejects.toBeInstanceOf(WxrError);
    expect(seen).toEqual(["site", "item"]);
  });
});

describe("hostile files", () => {
  const doctype = (inside: string) => `<?xml version="1.0"?>\n<!DOCTYPE rss [\n${inside}\n]>\n`;
  const withBody = (head: string, title: string) =>
    head +
    exportHead().replace(/^<\?xml[^>]*\?>\n/, "") +
    exportItem({ id: 1 }).replace(/<title>.*?<\/title>/, `<title>${title}</title>`) +
    exportFoot;

  test("a foreign file named as an entity is never opened", async () => {
    const [item] = await itemsOf(withBody(doctype('<!ENTITY xxe SYSTEM "file:///etc/passwd">'), "&xxe;"));
    expect(item?.title).toBe("&xxe;");
  });

  test("entities made of entities are never multiplied", async () => {
    const levels = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
    const [item] = await itemsOf(withBody(doctype(`<!ENTITY l0 "lol">\n${levels.join("\n")}`), "&l12;"));
    expect(item?.title).toBe("&l12;");
  });

  test("an item beyond all measure is named and its texts are not kept", async () => {
    async function* huge(): AsyncGenerator<string> {
      yield exportHead();
      const [before = "", after = ""] = exportItem({ id: 5, title: "Huge", content: "SPLIT" }).split("SPLIT");
      yield before;
      for (let n = 0; n < 40; n += 1) yield "x".repeat(1024 * 1024);
      yield after + exportItem({ id: 6 }) + exportFoot;
    }
    const items: WxrItem[] = [];
    for await (const entry of readWxr(huge())) if (entry.kind === "item") items.push(entry.item);
    expect(items.map(({ id, title, tooLarge }) => ({ id, title, tooLarge }))).toEqual([
      { id: "5", title: "Huge", tooLarge: true },
      { id: "6", title: "Title 6", tooLarge: false },
    ]);
    expect(items[0]?.content.length).toBeLessThan(33 * 1024 * 1024 + 70_000);
  });
});

test("a file of 60 MB is read in bounded memory", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const paragraph = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. ".repeat(100);
  async function* large(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(exportHead());
    for (let id = 1; id <= 1_500; id += 1) {
      const comments = Array.from({ length: 20 }, (_, n) => ({ id: id * 100 + n, content: paragraph.slice(0, 1_000) }));
      yield Buffer.from(exportItem({ id, content: paragraph.repeat(3), comments }));
    }
    yield Buffer.from(exportFoot);
  }
  collect();
  const before = process.memoryUsage().heapUsed;
  let items = 0;
  let most = 0;
  for await (const entry of readWxr(large())) {
    if (entry.kind !== "item") continue;
    items += 1;
    if (items % 300 !== 0) continue;
    collect();
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  expect(items).toBe(1_500);
  // One item and the pieces around it; the file itself would be 60 MB and more.
  expect(most).toBeLessThan(12 * 1024 * 1024);
});
