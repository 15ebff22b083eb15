// Share images: every title makes a picture of the right size, and what the fonts lack is left out rather than drawn as boxes.
import { writeFile } from "node:fs/promises";
import satori from "satori";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawCard } from "@/lib/web/card";
import { cardFonts, drawableText } from "@/lib/web/card-fonts";
import { cardFamilies } from "@/lib/web/card-fonts";

const card = { title: "Why is the night sky dark?", writtenBy: ["Ines Duarte"], commentCount: 12, siteName: "Colloquy" };

const hard: [string, Partial<typeof card>][] = [
  ["short", {}],
  ["two hundred letters", { title: `${"The longest title anybody may write here goes on and on ".repeat(4).slice(0, 199)}?` }],
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

test.each(hard)("draws a card: %s", async (name, change) => {
  const png = await drawCard({ ...card, ...change });
  const { format, width, height } = await sharp(png).metadata();
  expect({ format, width, height }).toEqual({ format: "png", width: 1200, height: 630 });
  if (process.env.CARDS) await writeFile(`${process.env.CARDS}/${name.replace(/\W+/g, "-")}.png`, png);
});
