// Citations, read back by programs that others use.
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";
import { plugins } from "@citation-js/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CitedText, nameParts, plainCitation } from "@/lib/domain/citation";
import { bibtexCitation, cslCitation, risCitation } from "@/lib/domain/citation-formats";

const bees: CitedText = {
  slug: "how-do-bees-find-their-way",
  title: "How do bees find their way?",
  authors: ["Ada Beekeeper", "The Bee Society"],
  siteName: "Colloquy",
  revision: 3,
  publishedAt: new Date("2026-11-09T23:30:00Z"),
  url: "https://talk.example/articles/how-do-bees-find-their-way/revisions/3",
  licence: "CC BY 4.0",
};

describe("names", () => {
  test.each([
    ["a person", "Ada Lovelace", { family: "Lovelace", given: "Ada" }],
    ["two given names", "Mary Jane Watson", { family: "Watson", given: "Mary Jane" }],
    ["an initial", "Grace B. Hopper", { family: "Hopper", given: "Grace B." }],
    ["a family name of two, joined", "Mireille Adjovi-Blanc", { family: "Adjovi-Blanc", given: "Mireille" }],
    ["particles go with the family", "Ludwig van der Rohe", { family: "van der Rohe", given: "Ludwig" }],
    ["Cyrillic", "Анна Ахматова", { family: "Ахматова", given: "Анна" }],
    ["one word stays", "Plato", { literal: "Plato" }],
    ["a body stays", "The Bee Society", { literal: "The Bee Society" }],
    ["a body without an article stays", "University of Łódź", { literal: "University of Łódź" }],
    ["a firm stays", "Smith, Jones & Co", { literal: "Smith, Jones & Co" }],
    ["another order of names stays", "毛 泽东", { literal: "毛 泽东" }],
    ["a handle stays", "night owl", { literal: "night owl" }],
    ["a name with figures stays", "Agent 47", { literal: "Agent 47" }],
  ])("%s", (_sentence, name, parts) => expect(nameParts(name)).toEqual(parts));
});

describe("a line to read", () => {
  test.each([
    [
      "everything",
      bees,
      "Ada Beekeeper and The Bee Society. “How do bees find their way?” Colloquy, revision 3, 9 November 2026. https://talk.example/articles/how-do-bees-find-their-way/revisions/3. CC BY 4.0.",
    ],
    [
      "nobody named, no licence, a title without an end",
      { ...bees, authors: [], licence: "", title: "Bees" },
      "“Bees.” Colloquy, revision 3, 9 November 2026. https://talk.example/articles/how-do-bees-find-their-way/revisions/3.",
    ],
  ])("%s", (_sentence, text, line) => expect(plainCitation(text)).toBe(line));
});

/** A RIS file is known by its ending, not by its first letters. */
const read = (written: string) => {
  const options = { generateGraph: false, ...(written.startsWith("TY  - ") && { forceType: "@ris/file" }) };
  const [item, ...more] = plugins.input.chain(written, options);
  expect(more).toEqual([]);
  return item ?? {};
};

describe.each([
  ["BibTeX", bibtexCitation],
  ["RIS", risCitation],
  ["CSL-JSON", cslCitation],
])("%s, read by citation-js", (format, write) => {
  test("says who, what, where and when", () => {
    const item = read(write(bees));
    expect(item).toMatchObject({ title: bees.title, URL: bees.url });
    expect(JSON.stringify(item.issued)).toContain("2026");
    expect(JSON.stringify(item)).toContain("Colloquy");
    expect(item.author).toHaveLength(2);
    expect((item.author as object[])[0]).toMatchObject({ family: "Beekeeper", given: "Ada" });
    expect(JSON.stringify((item.author as object[])[1])).toContain("Bee Society");
  });

  test.each([
    ["what TeX takes for commands", "100% of $5 & #1_a ~ b ^ c \\input{x}"],
    ["braces that do not match", "a { b }} c {{{"],
    ["an @ that begins an entry", "@article{x, title={y}}"],
    ["lines that begin a field", "a\r\nER  - \r\nTY  - JOUR\nAU  - Nobody"],
    ["quotes", "Say \"hello\" and 'bye' “so”"],
    ["every script", "Привет 日本語 العربية हिन्दी ñ é ß 👩‍🚀"],
    ["markup", "<script>alert(1)</script> & &amp; </title>"],
  ])("keeps a title with %s", (_sentence, title) => {
    const item = read(write({ ...bees, title, siteName: title }));
    const wanted = title.replace(/\s+/g, " ");
    // BibTeX's own marks for quotes and dashes come back as the signs that they stand for.
    expect(plain(item.title)).toBe(plain(wanted));
    expect(item.URL).toBe(bees.url);
    expect(item.author).toHaveLength(2);
  });

  test("keeps a body's name in one piece", () => {
    const item = read(write({ ...bees, authors: ["Smith, Jones and Co"] }));
    expect(item.author, format).toHaveLength(1);
  });
});

/** Without the difference of straight and turned quotes, which the parsers make of each other. */
function plain(text: unknown): string {
  return String(text)
    .replace(/[“”"]|''|``/g, '"')
    .replace(/[’‘]/g, "'");
}

test("whatever the title is, an entry of BibTeX has balanced braces and a record of RIS one end", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("{", "}", "\\", "%", "\n", "\r\n", "ER  - ", "@", "a", '"', ",") }),
      (title) => {
        let depth = 0;
        for (const character of bibtexCitation({ ...bees, title, authors: [title] })) {
          if (character === "{") depth++;
          else if (character === "}") expect(--depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        const lines = risCitation({ ...bees, title, authors: [title] }).split("\r\n");
        expect(lines.filter((line) => line.startsWith("ER  - "))).toHaveLength(1);
        expect(lines.at(-1)).toBe("");
        expect(lines.slice(0, -1).every((line) => /^[A-Z][A-Z0-9] {2}- [^\r\n]*$/.test(line))).toBe(true);
      },
    ),
  );
});
