// Share images: every title makes a picture of the right size, and what the fonts lack is left out rather than drawn as boxes.
import satori from "satori";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawCard } from "@/lib/web/card";
import { cardFamilies, cardFonts, drawableText } from "@/lib/web/card-fonts";

const card = {
  title: "Why is the night sky dark?",
  writtenBy: ["Ines Duarte"],
  commentCount: 12,
  siteName: "Colloquy",
};

const hard: [string, Partial<typeof card>][] = [
  ["short", {}],
  [
    "two hundred letters",
    { title: `${"The longest title anybody may write here goes on and on ".repeat(4).slice(0, 199)}?` },
  ],
  ["one word of two hundred letters", { title: "Donaudampfschiff".repeat(13).slice(0, 200) }],
  ["Greek, Cyrillic, Polish, Vietnamese", { title: "Ελλάδα, Россия, Łódź và tiếng Việt" }],
  ["Arabic", { title: "لماذا السماء مظلمة ليلا؟", writtenBy: ["ليلى"] }],
  ["Hebrew and Latin mixed", { title: "Why שלום means peace" }],
  ["Chinese", { title: "为什么夜空是黑的？" }],
  ["emoji only", { title: "🎉🎉🎉" }],
  ["emoji beside words", { title: "Why 🌌 is the night sky 👩‍🚀 dark?" }],
  ["markup", { title: `<script>alert(1)</script> & "quotes" </svg>` }],
  ["right-to-left override", { title: "Why \u202Eeksat\u202C is it" }],
  ["no names, nobody said anything", { writtenBy: [], commentCount: 0 }],
  ["many long names", { writtenBy: Array.from({ length: 9 }, (_, nth) => `Maximiliane von Hohenstein ${nth}`) }],
  ["a site's name of sixty letters", { siteName: "The Very Long Name of a Site that Talks about Nearly Everything" }],
];

test.each(hard)("draws a card: %s", async (_sentence, change) => {
  const png = await drawCard({ ...card, ...change });
  const { format, width, height } = await sharp(png).metadata();
  expect({ format, width, height }).toEqual({ format: "png", width: 1200, height: 630 });
});

test.each([
  ["what the fonts have stays", "Why, Łódź? Ελλάδα · Россия", "Why, Łódź? Ελλάδα · Россия"],
  ["letters written in two parts are joined first", "Cafe\u0301", "Café"],
  ["pictures and their joiners go", "Sky 👩‍🚀🌌 dark?", "Sky dark?"],
  ["controls of direction go", "a\u202Eb\u202Cc", "abc"],
  ["line breaks are spaces", "one\n\ttwo", "one two"],
  ["one foreign letter makes the whole unreadable", "Why 夜 is dark", ""],
  ["foreign numbers too", "٣ questions", ""],
  ["pictures alone are nothing", "🎉🎉", ""],
])("of a text to draw, %s", async (_sentence, text, drawn) => {
  expect(drawableText(text, (await cardFonts()).letters)).toBe(drawn);
});

test.each(["roman", "italic"] as const)("every letter that is drawn is in the %s fonts", async (style) => {
  const { faces, letters } = await cardFonts();
  expect(letters.size).toBeGreaterThan(500);
  const missing: string[] = [];
  const stranger = "夜".codePointAt(0) ?? 0;
  for (const letter of [...letters, stranger]) {
    await satori(
      {
        type: "div",
        key: null,
        props: { style: { fontFamily: cardFamilies[style] }, children: String.fromCodePoint(letter) },
      },
      {
        width: 100,
        height: 100,
        fonts: faces,
        loadAdditionalAsset: async (_code, text) => {
          missing.push(text);
          return [];
        },
      },
    );
  }
  expect(missing).toEqual(["夜"]);
});

test("the same card asked for many times at once is drawn once", async () => {
  const unique = { ...card, title: "Asked for many times" };
  const drawn = await Promise.all(Array.from({ length: 50 }, () => drawCard(unique)));
  expect(new Set(drawn).size).toBe(1);
});

test("too many different cards at once are refused rather than queued for ever", async () => {
  const attempts = Array.from({ length: 40 }, (_, nth) => drawCard({ ...card, commentCount: 1_000 + nth }));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "unavailable" } });
});
