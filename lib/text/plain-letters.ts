// Words without what nobody writes who looks for them. The database keeps and asks for words so (its function `plain_letters`); here the same
// is known, so that what it finds can be shown as it was written. A test holds the two together.
import { marks } from "@/lib/text/snippet";

/** Unseen; vowels and points of Arabic, Hebrew and Syriac, and the line that makes Arabic words longer; accents that are characters of their own. */
const leftOut = new RegExp(
  `[${[
    "\\u00ad\\u061c\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\u{e0000}-\\u{e0fff}",
    "\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\ufb1e",
    "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u0898-\\u089f\\u08ca-\\u08ff",
    "\\u0711\\u0730-\\u074a",
    "\\u0300-\\u036f\\u0483-\\u0487\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f",
  ].join("")}]+`,
  "gu",
);

/** Of Arabic letters that are written in several ways, one: alef, heh, yeh, kaf. */
const alike = new Map([
  ...Array.from("\u0622\u0623\u0625\u0671", (letter) => [letter, "\u0627"] as const),
  ...Array.from("\u0629\u06c0", (letter) => [letter, "\u0647"] as const),
  ...Array.from("\u0649\u06cc", (letter) => [letter, "\u064a"] as const),
  ["\u06a9", "\u0643"],
]);
const written = new RegExp(`[${[...alike.keys()].join("")}]`, "g");

/** `text` as the search keeps its words, but for what it puts between words that are written without spaces. */
export function plainLetters(text: string): string {
  return text.replace(leftOut, "").replace(written, (letter) => alike.get(letter) ?? letter);
}

const markers = new RegExp(`([${marks.open}${marks.close}])`, "u");

/**
 * What was found, shown as it was written.
 * @param text as it was written, without `marks`
 * @param found the same in plain letters, with `marks` around words
 * @returns `text` with `marks` around the same words; `found` itself should it be of another text
 */
export function asWritten(text: string, found: string): string {
  const pieces = found.split(markers);
  const letters = pieces.filter((piece) => !markers.test(piece)).join("");
  if (letters === text || letters !== plainLetters(text)) return found;
  const runs = Array.from(text.matchAll(leftOut), ({ 0: run, index }) => ({ at: index, length: run.length }));
  let from = 0;
  let nth = 0;
  return pieces
    .map((piece) => {
      if (markers.test(piece)) return piece;
      let to = from + piece.length;
      // What is left out belongs to the word before it: a vowel to its letter, the mark that ends a direction to what it turned.
      for (let run = runs[nth]; run && run.at <= to; run = runs[++nth]) to += run.length;
      const original = text.slice(from, to);
      from = to;
      return original;
    })
    .join("");
}
