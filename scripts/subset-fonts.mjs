// Makes the small font files in app/fonts from the whole family, which is a development dependency. They are committed,
// so this runs only when the family or the set of characters changes: node scripts/subset-fonts.mjs
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

// Letters of English, without the marks that only code uses: code has a face of its own.
const english = `${range(0x20, 0x7e).replace(/[`^{|}~\\]/g, "")}\u00a0–—‘’“”…·×−`;
// The small letters of Western names and borrowed words. They are made of the others and add little.
const accented = range(0xdf, 0xff).replace(/[÷ðþ]/g, "");
// Marks that a date, a count or an emphasis does without (the star and the angle are shown by the help beside each text box).
const unslanted = "#$%+<=@[]_−×";
// Everything else of Western Europe, which a browser fetches only for a page that has one of these.
const western = `${range(0xa1, 0xb6)}${range(0xb8, 0xd6)}${range(0xd8, 0xde)}÷ðþ‚„‹›†•€Œœ\`^{|}~\\`.replace("×", "");
// The letters of Central and Eastern Europe's names, and of Turkish, which the family keeps in a file of their own.
const european = "ĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽžȘșȚț";
// Kerning and ligatures for the eye, tabular figures for tables; the rest is never asked for.
const features = ["kern", "liga", "tnum"];
// Nothing of ours stands in a table in italics.
const slantedFeatures = ["kern", "liga"];

// One file for regular to bold: running text is set at 440, names and strong words at 650, titles between.
const roman = { style: "normal", weight: { min: 400, max: 650 }, features };
// Italic is the voice of the house (labels, dates) and of emphasis, always at one weight.
const italic = { style: "italic", weight: 440, features: slantedFeatures };
const slanted = [...english].filter((character) => !unslanted.includes(character)).join("");

const files = [
  { name: "roman", ...roman, part: "latin", text: english + accented },
  { name: "roman-western", ...roman, part: "latin", text: western },
  { name: "roman-european", ...roman, part: "latin-ext", text: european },
  { name: "italic", ...italic, part: "latin", text: slanted },
  { name: "italic-western", ...italic, part: "latin", text: western + accented + unslanted },
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

for (const { name, style, weight, part, text, features: keepFeatures } of files) {
  const source = `@fontsource-variable/brygada-1918/files/brygada-1918-${part}-wght-${style}.woff2`;
  const small = await subsetFont(await readFile(fileURLToPath(import.meta.resolve(source))), text, {
    targetFormat: "woff2",
    variationAxes: { wght: weight },
    keepFeatures,
    // The instructions stay, a few bytes: without them screens of ordinary sharpness draw some letters bold and set them apart.
    noHinting: false,
  });
  await writeFile(fileURLToPath(new URL(`../app/fonts/brygada-${name}.woff2`, import.meta.url)), small);
  console.log(`brygada-${name}.woff2  ${small.length} bytes`);
}
console.log("\nFor unicode-range in app/fonts/faces.ts:");
for (const { name, text } of files) if (name.includes("-")) console.log(`${name}\n  ${unicodeRange(text)}`);
