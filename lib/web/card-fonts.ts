import "server-only";
// The fonts of share images, and which letters they have: what they lack is never drawn, nor looked for elsewhere.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "@/lib/once";

const parts = ["latin", "latin-ext", "vietnamese", "greek", "cyrillic"] as const;

/** Files of one family do not join, so each is a family, and these lists name them in order. */
export const cardFamilies = {
  roman: parts.map((part) => `normal-${part}`).join(", "),
  italic: parts.map((part) => `italic-${part}`).join(", "),
};

export interface CardFonts {
  faces: { name: string; data: Buffer; weight: 400; style: "normal" }[];
  /** Code points that every style can draw. */
  letters: ReadonlySet<number>;
}

/** Reads the files of app/fonts/card, once. */
export function cardFonts(): Promise<CardFonts> {
  return once("card-fonts", readFonts);
}

async function readFonts(): Promise<CardFonts> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "app", "fonts", "card");
  const names = ["normal", "italic"].flatMap((style) => parts.map((part) => `${style}-${part}`));
  const faces = await Promise.all(
    names.map(async (name) => ({
      name,
      data: await readFile(join(folder, `${name}.ttf`)),
      weight: 400 as const,
      style: "normal" as const,
    })),
  );
  const ofStyle = (style: string) =>
    new Set(faces.filter(({ name }) => name.startsWith(style)).flatMap(({ data }) => lettersOf(data)));
  const italic = ofStyle("italic");
  return { faces, letters: new Set([...ofStyle("normal")].filter((letter) => italic.has(letter))) };
}

/** The code points of a TrueType font: the ranges of its character map (OpenType specification, `cmap` format 4). */
function lettersOf(font: Buffer): number[] {
  const tables = font.readUInt16BE(4);
  for (let table = 12; table < 12 + tables * 16; table += 16) {
    if (font.toString("latin1", table, table + 4) !== "cmap") continue;
    const map = font.readUInt32BE(table + 8);
    for (let record = map + 4; record < map + 4 + font.readUInt16BE(map + 2) * 8; record += 8) {
      const format = map + font.readUInt32BE(record + 4);
      if (font.readUInt16BE(format) === 4) return rangesOf(font, format);
    }
  }
  throw new Error("A font of app/fonts/card has no character map of format 4.");
}

function rangesOf(font: Buffer, format: number): number[] {
  const letters: number[] = [];
  const bytes = font.readUInt16BE(format + 6);
  for (let segment = 0; segment < bytes; segment += 2) {
    const last = font.readUInt16BE(format + 14 + segment);
    const first = font.readUInt16BE(format + 16 + bytes + segment);
    // The last segment is a mark, not a letter.
    for (let letter = first; letter <= last && letter < 0xffff; letter++) letters.push(letter);
  }
  return letters;
}

/**
 * The text as these letters can show it: symbols and pictures that are missing are left out.
 * @returns "" when a letter or number is missing, for half a title is worse than none
 */
export function drawableText(text: string, letters: ReadonlySet<number>): string {
  let drawn = "";
  for (const character of text.normalize("NFC")) {
    if (/\s/u.test(character)) drawn += " ";
    else if (letters.has(character.codePointAt(0) ?? 0)) drawn += character;
    else if (/[\p{L}\p{N}]/u.test(character)) return "";
  }
  return drawn.replace(/ +/g, " ").trim();
}
