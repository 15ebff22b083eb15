// What the filter sees in a text, and what it says after it has seen others.
import { describe, expect, test } from "vitest";
import { everyText, learntEnough, spamScore, spamTokens, type TokenCount } from "@/lib/text/spam-score";

describe("tokens", () => {
  test.each([
    ["words, folded", "<p>Déjà Vu</p>", ["deja", "vu"]],
    ["each once", "<p>bees, Bees, BEES</p>", ["bees"]],
    ["markup parts no word", "<p>un<em>believ</em>able</p>", ["unbelievable"]],
    ["paragraphs do", "<p>one</p><p>two</p>", ["one", "two"]],
    ["code lines", "<pre><code>let x1\n</code></pre>", ["let", "disguised", "look:xl"]],
    ["single letters say nothing", "<p>a b c</p>", []],
    [
      "a link's host",
      '<p><a href="https://www.example.org/x?y=1&amp;z=2" rel="nofollow">see</a></p>',
      ["host:www.example.org", "links:few", "see"],
    ],
    [
      "many hosts",
      '<a href="https://a.example">see</a> <a href="https://b.example">see</a> <a href="https://c.example">see</a>',
      ["host:a.example", "host:b.example", "host:c.example", "links:many", "see"],
    ],
    ["a link within the site has no host", '<p><a href="/articles/bees">bees</a></p>', ["bees"]],
    ["a disguise beside what it looks like", "<p>the саsino</p>", ["the", "disguised", "look:caslno"]],
    ["entities are letters", "<p>R&amp;D &lt;b&gt;</p>", []],
  ])("%s", (_sentence, html, tokens) => {
    expect(spamTokens(html)).toEqual([everyText, ...tokens]);
  });

  test("no more than a query can carry", () => {
    const html = `<p>${Array.from({ length: 5_000 }, (_, nth) => `word${String.fromCodePoint(0x4e00 + nth)}x`).join(" ")}</p>`;
    expect(spamTokens(html).length).toBeLessThanOrEqual(300);
  });
});

/** What is known after these texts. */
function learnt(spam: string[], ham: string[]): Map<string, TokenCount> {
  const counts = new Map<string, TokenCount>();
  for (const [verdict, texts] of [
    ["spam", spam],
    ["ham", ham],
  ] as const) {
    for (const token of texts.flatMap(spamTokens)) {
      const count = counts.get(token) ?? { token, spam: 0, ham: 0 };
      counts.set(token, { ...count, [verdict]: count[verdict] + 1 });
    }
  }
  return counts;
}

function scoreOf(text: string, known: Map<string, TokenCount>): number | null {
  return spamScore(spamTokens(text).flatMap((token) => known.get(token) ?? []));
}

const some = (texts: string[], times = learntEnough) =>
  Array.from({ length: times }, (_, nth) => texts[nth % texts.length] ?? "");
const spam = [
  '<p>Cheap watches, best price, order today <a href="https://watches.example/1">here</a></p>',
  '<p>Order cheap pills today, best price guaranteed <a href="https://pills.example/1">here</a></p>',
  "<p>Earn money from home, guaranteed income, order our guide today</p>",
];
const ham = [
  "<p>I wonder whether bees see the polarised sky on cloudy days.</p>",
  "<p>The second paragraph explains it: bees read the sky by its polarised light.</p>",
  "<p>Do you have a source for the cloudy days? I read otherwise.</p>",
];

describe("the score", () => {
  const known = learnt(some(spam), some(ham));
  test("is high for what reads like spam", () => {
    expect(
      scoreOf('<p>Best watches, cheap, order now <a href="https://watches.example/9">here</a></p>', known),
    ).toBeGreaterThan(0.95);
  });
  test("is low for what reads like a remark", () => {
    expect(scoreOf("<p>Bees read the polarised light, I wonder how on cloudy days?</p>", known)).toBeLessThan(0.05);
  });
  test("is neutral for words that were never seen", () => {
    expect(scoreOf("<p>Quarks, gluons, mesons</p>", known)).toBe(0.5);
  });
  test("lies between for some of both", () => {
    const score = scoreOf("<p>Cheap bees, best sky, order polarised light today on cloudy days</p>", known);
    expect(score).toBeGreaterThan(0.05);
    expect(score).toBeLessThan(0.95);
  });
  test("one text with a word does not make it spam", () => {
    const once = learnt([...some(spam), "<p>quarks</p>"], some(ham));
    expect(scoreOf("<p>quarks</p>", once)).toBeLessThan(0.9);
  });
  test("is none before enough was learnt of either kind", () => {
    expect(scoreOf("<p>cheap</p>", learnt(some(spam, learntEnough - 1), some(ham)))).toBeNull();
    expect(scoreOf("<p>cheap</p>", learnt(some(spam), some(ham, learntEnough - 1)))).toBeNull();
    expect(scoreOf("<p>cheap</p>", new Map())).toBeNull();
  });
  test("stays a number for a text of many words that all say the same", () => {
    const words = Array.from(
      { length: 280 },
      (_, nth) => `word${String.fromCodePoint(0x61 + (nth % 26))}${String.fromCodePoint(0x61 + Math.floor(nth / 26))}`,
    ).join(" ");
    const score = scoreOf(words, learnt(some([words], 500), some(ham, 500)));
    expect(score).toBeGreaterThan(0.99);
    expect(score).toBeLessThanOrEqual(1);
  });
});
