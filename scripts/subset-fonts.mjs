// Makes the small font files in app/fonts from the whole family, which is a development dependency. They are committed,
// so this runs only when the family or the set of characters changes: node scripts/subset-fonts.mjs
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

// What nearly every English page needs, in the file that is loaded first.
const basic = `${range(0x20, 0x7e)}\u00a0–—‘’“”…·×−`;
// What names and borrowed words need; a browser fetches it only for a page that has one of these.
const western = `${range(0xa1, 0xb6)}${range(0xb8, 0xd6)}${range(0xd8, 0xff)}‚„‹›†•€Œœ`;
// The other Latin letters of Europe, which the family keeps in a file of their own.
const european = `${range(0x100, 0x17e).replace(/[Œœ]/g, "")}ȘșȚț`;
// Kerning and ligatures for the eye, tabular figures for tables; the rest is never asked for.
const features = ["kern", "liga", "tnum", "locl"];

// One file for regular to bold: running text is set at 440, names and strong words at 650, titles between.
const roman = { style: "normal", weight: { min: 400, max: 650 } };
// Italic is the voice of the house (labels, dates) and of emphasis, always at one weight.
const italic = { style: "italic", weight: 440 };

const files = [
  { name: "roman", ...roman, part: "latin", text: basic },
  { name: "roman-western", ...roman, part: "latin", text: western },
  { name: "roman-european", ...roman, part: "latin-ext", text: european },
  { name: "italic", ...italic, part: "latin", text: basic },
  { name: "italic-western", ...italic, part: "latin", text: western },
  { name: "italic-european", ...italic, part: "latin-ext", text: european },
];

/** The characters as the value of the CSS descriptor `unicode-range`. */
function unicodeRange(text) {
  const runs = [];
  for (const point of [...new Set(text)].map((character) => character.codePointAt(0)).sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else runs.push([point, point]);
  }
  return runs.map(([from, to]) => `U+${from.toString(16)}${from === to ? "" : `-${to.toString(16)}`}`).join(",");
}

for (const { name, style, weight, part, text } of files) {
  const source = `@fontsource-variable/brygada-1918/files/brygada-1918-${part}-wght-${style}.woff2`;
  const small = await subsetFont(await readFile(fileURLToPath(import.meta.resolve(source))), text, {
    targetFormat: "woff2",
    variationAxes: { wght: weight },
    keepFeatures: features,
  });
  await writeFile(fileURLToPath(new URL(`../app/fonts/brygada-${name}.woff2`, import.meta.url)), small);
  console.log(`brygada-${name}.woff2  ${small.length} bytes`);
}
console.log(
  `\nFor unicode-range in app/fonts/faces.ts:\nwestern  ${unicodeRange(western)}\neuropean ${unicodeRange(european)}`,
);
