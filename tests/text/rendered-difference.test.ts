// Two rendered texts as one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "@/lib/text/markdown";
import { renderedDifference } from "@/lib/text/rendered-difference";
import type { SafeHtml } from "@/lib/text/safe-html";
import { attackVectors } from "../support/attack-vectors";

const render = (markdown: string) =>
  renderMarkdown(markdown, { dialect: "article", ownOrigin: "https://talk.example" }).html;
const difference = (a: string, b: string) => told(render(a), render(b));

/** What changed between texts that can be compared. */
function told(a: SafeHtml, b: SafeHtml, wish?: { fold?: boolean }) {
  const found = renderedDifference(a, b, wish);
  if (!found) throw new Error("these texts were not to be too different");
  return found;
}

/** Without the attributes that the tables below do not speak of. */
const plain = (html: string) =>
  html.replace(/ (?:rel|loading|decoding|id|role|tabindex|aria-label)="[^"]*"/g, "").replace(/\n/g, "¶");

describe("what a reader sees", () => {
  test.each([
    ["no difference", "a\n\nb", "a\n\nb", "<p>a</p><p>b</p>"],
    ["a word", "The cat sat.", "The dog sat.", '<p class="change-inside">The <del>cat</del><ins>dog</ins> sat.</p>'],
    ["a new paragraph", "a", "a\n\nb", '<p>a</p><p class="change-added"><ins>b</ins></p>'],
    ["a paragraph gone", "a\n\nb", "b", '<p class="change-removed"><del>a</del></p><p>b</p>'],
    [
      "a change inside emphasis does not break it",
      "so **very good** it",
      "so **very bad** it",
      '<p class="change-inside">so <strong>very <del>good</del><ins>bad</ins></strong> it</p>',
    ],
    [
      "a change across emphasis holds it whole",
      "it is so",
      "it is **very** much so",
      '<p class="change-inside">it is <ins><strong>very</strong> much </ins>so</p>',
    ],
    [
      "words that became bold",
      "a plain word here",
      "a **plain** word here",
      '<p class="change-inside">a <del>plain</del><strong><ins>plain</ins></strong> word here</p>',
    ],
    [
      "a link that leads elsewhere",
      "See [it](/articles/x).",
      "See [it](/articles/y).",
      '<p class="change-inside">See <a href="/articles/y">it</a> <span class="change-note">Link address: <del>/articles/x</del> <ins>/articles/y</ins></span>.</p>',
    ],
    [
      "an image with other words for those who cannot see it",
      "![a cat](/u/x)",
      "![a black cat](/u/x)",
      '<p class="change-inside"><img src="/u/x" alt="a black cat"> <span class="change-note">Image description: <del>a cat</del> <ins>a black cat</ins></span></p>',
    ],
    [
      "an image instead of another",
      "Look: ![a cat](/u/x) there",
      "Look: ![a cat](/u/y) there",
      '<p class="change-inside">Look: <del><img src="/u/x" alt="a cat"></del><ins><img src="/u/y" alt="a cat"></ins> there</p>',
    ],
    [
      "a heading of another level",
      "## One thing\n\na",
      "### One thing\n\na",
      '<h3 class="change-inside">One thing <span class="change-note">Heading level: <del>2</del> <ins>3</ins></span></h3><p>a</p>',
    ],
    [
      "a list that got numbers and an item",
      "- one\n- two",
      "1. one\n2. two\n3. three",
      '<span class="change-note">List: <del>with bullets</del> <ins>numbered</ins></span><ol><li>one</li><li>two</li><li class="change-added"><ins>three</ins></li></ol>',
    ],
    [
      "a list that begins elsewhere",
      "3. one\n4. two",
      "5. one\n6. two",
      '<span class="change-note">Numbers from: <del>3</del> <ins>5</ins></span><ol start="5"><li>one</li><li>two</li></ol>',
    ],
    [
      "the cells of a row stay in their columns",
      "| a | b |\n|---|---|\n| 1 | 2 |",
      "| a | b |\n|---|---|\n| 1 | 5 |",
      '<div class="table-scroll"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td class="change-inside"><del>2</del><ins>5</ins></td></tr></tbody></table></div>',
    ],
    [
      "code, with its lines",
      "```js\nlet a;\nlet b;\n```",
      "```js\nlet a;\nlet c;\n```",
      '<pre><code class="hljs language-js"><span class="hljs-keyword">let</span> a;¶<span class="hljs-keyword">let</span> <del>b</del><ins>c</ins>;¶</code></pre>',
    ],
    ["a line drawn", "a\n\nb", "a\n\n---\n\nb", "<p>a</p><ins><hr></ins><p>b</p>"],
    [
      "an item that got a list of its own",
      "- one\n- two",
      "- one\n  - below\n- two",
      '<ul><li>one<ul class="change-added"><li><ins>below</ins></li></ul></li><li>two</li></ul>',
    ],
    [
      "what only the source tells apart",
      "one\ntwo **three**",
      "one two __three__",
      "<p>one two <strong>three</strong></p>",
    ],
  ])("%s", (_sentence, a, b, html) =>
    expect(plain(difference(a, b).html).replace(/<pre class="change-inside">/, "<pre>")).toBe(html),
  );

  test("a note before another changes no number of a reader's concern", () => {
    const { changes } = difference("A[^1].\n\n[^1]: One note.", "A[^1].\n\nB[^2].\n\n[^1]: One note.\n[^2]: Two.");
    expect(changes).toBe(2);
  });
});

test("long stretches that stayed are folded if wished, with what stands next to a change left open", () => {
  const paragraphs = (last: string) => render([..."abcdef", last, ..."ghi"].join("\n\n"));
  const { html } = told(paragraphs("one word"), paragraphs("one thing"), { fold: true });
  expect(plain(html)).toBe(
    '<details class="unchanged"><summary>5 parts unchanged</summary><p>a</p><p>b</p><p>c</p><p>d</p><p>e</p></details>' +
      '<p>f</p><p class="change-inside">one <del>word</del><ins>thing</ins></p><p>g</p><p>h</p><p>i</p>',
  );
});

const emptyTags = new Set(["img", "br", "hr"]);

/** Every element that begins ends inside the one around it, and changes hold no blocks. */
function expectNested(html: string): void {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (slash) {
      const last = open.pop();
      if (last !== name) faults.push(`</${name}> ends <${last}>`);
    } else {
      const inChange = open.includes("ins") || open.includes("del");
      if (inChange && name !== "hr" && !inline.has(name)) faults.push(`<${name}> stands in a change of words`);
      if (!emptyTags.has(name)) open.push(name);
    }
  }
  expect({ faults, open }, html.slice(0, 2_000)).toEqual({ faults: [], open: [] });
}
const inline = new Set(["a", "strong", "em", "s", "code", "span", "sub", "sup", "img", "br", "ins", "del"]);

/** The words of one side, without marks: notes and the other side's words are left out. */
function words(html: string, left?: "ins" | "del"): string {
  const own = left === undefined ? html : html.replace(new RegExp(`<${left}>[\\s\\S]*?</${left}>`, "g"), "");
  return own.replace(/<[^>]*>/g, " ").replace(/\s+/g, "");
}
const withoutNotes = (html: string) => html.replace(/ ?<span class="change-note">.*?<\/ins><\/span>/g, "");

const part = fc.constantFrom(
  ...["word ", "other ", "**bold** ", "*so **very** much* ", "[a link](/x) ", "[a link](/y) ", "`code` ", "~~gone~~ "],
  ...[
    "\n\n",
    "\n\n## Heading\n\n",
    "\n- item ",
    "\n  - inner ",
    "\n\n1. first ",
    "\n\n> said ",
    "\n\n---\n\n",
    "H~2~O ",
  ],
  ...[
    "![pic](/u/a) ",
    "![pic](/u/b) ",
    "[^n] ",
    "\n\n[^n]: note\n\n",
    "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
    "<b>&amp; ",
  ],
  ...["\n\n```js\nlet a = 1;\n```\n\n", '\n\n![p](/u/a "Caption")\n\n', "\n\nTerm\n: meaning\n\n"],
);
const markdown = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(""));

test("for any two texts: well nested, each side's words whole, no id twice, nothing to say about equal ones", () => {
  fc.assert(
    fc.property(markdown, markdown, (left, right) => {
      const [a, b] = [render(left), render(right)];
      const { html } = told(a, b);
      expectNested(html);
      const bare = withoutNotes(html);
      expect([words(bare, "ins"), words(bare, "del")]).toEqual([words(a), words(b)]);
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(renderedDifference(a, a)).toMatchObject({ changes: 0, html: expect.not.stringMatching(/<(?:ins|del)/) });
    }),
    { numRuns: 150 },
  );
});

test("it brings no element and no attribute that the sanitised texts did not have", () => {
  const names = (html: string) =>
    new Set([...html.matchAll(/<([a-z][a-z0-9]*)|\s([a-z-]+)="/g)].map(([all]) => all.trim()));
  const ours = ["<ins", "<del", "<span", 'class="'];
  attackVectors.forEach((vector, index) => {
    const other = attackVectors[(index * 7 + 3) % attackVectors.length];
    const [a, b] = [render(vector.source), render(other?.source ?? "")];
    const known = new Set([...names(a), ...names(b), ...ours]);
    const { html } = told(a, b);
    expectNested(html);
    for (const name of names(html)) expect(known, html).toContain(name);
  });
});

test.each([
  [
    "a thousand short paragraphs",
    (seed: number) => Array.from({ length: 1_000 }, (_, i) => `w${(i * seed) % 97} x y`).join("\n\n"),
  ],
  [
    "one paragraph of two words",
    (seed: number) => Array.from({ length: 45_000 }, (_, i) => ((i * seed) % 7 < 3 ? "a" : "b")).join(" "),
  ],
  [
    "lists in lists",
    (seed: number) =>
      Array.from({ length: 3_000 }, (_, i) => `${"  ".repeat((i * seed) % 5)}- item ${i % seed}`).join("\n"),
  ],
  [
    "a wide table",
    (seed: number) =>
      `| a | b |\n|---|---|\n${Array.from({ length: 3_000 }, (_, i) => `| ${i % seed} | ${(i * 3) % seed} |`).join("\n")}`,
  ],
])("hostile texts of a hundred thousand characters, %s, are told apart within the bound", (_sentence, make) => {
  const [a, b]: SafeHtml[] = [render(make(5)), render(make(11))];
  if (!a || !b) throw new Error("two texts were to be rendered");
  const before = process.cpuUsage();
  const { html } = told(a, b);
  const { user, system } = process.cpuUsage(before);
  expectNested(html);
  expect((user + system) / 1_000).toBeLessThan(3_000);
});

test("thousands of paragraphs, nearly all of them different, are too different; with one of them different they are not", () => {
  const text = (seed: number) => Array.from({ length: 4_000 }, (_, i) => `w${(i * seed) % 97} x`);
  const [a, b] = [text(5), text(11)].map((parts) => render(parts.join("\n\n")));
  const changed = render(text(5).with(2_000, "another").join("\n\n"));
  if (!a || !b) throw new Error("two texts were to be rendered");
  expect(renderedDifference(a, b)).toBeNull();
  expect(renderedDifference(a, changed)).toMatchObject({ changes: 2 });
});

test("a paragraph of more than 5 KB is told as the old and the new one, not by its words", () => {
  const words = (word: string) => render(`${word} ${"one and another ".repeat(600)}`);
  const { html } = told(words("old"), words("new"));
  expect(html.replace(/one and another ?/g, "")).toBe('<p class="change-inside"><del>old </del><ins>new </ins></p>');
});
