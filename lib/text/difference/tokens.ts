// Text cut into the smallest pieces that a difference may tell apart: words, signs and runs of white space, in any script.

/**
 * Characters of Chinese, Japanese, Thai and their like that are given to the dictionary in one text, because it costs
 * about 5 µs a word; what follows goes character by character, which reads nearly as well.
 */
const longestForDictionary = 20_000;

/** UTF-16 units of old and new text together within which one changed place is told apart by words: 5 KB each (F20). */
export const longestForWords = 10_000;

const unspaced =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
/** Joiners belong to the spelling of some scripts. */
const inWord = "[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d]";
const token = new RegExp(
  [
    `(?<unspaced>[${unspaced}][${unspaced}\\p{M}ー]*)`,
    // An apostrophe inside a word and a point inside a number part nothing.
    `(?:(?![${unspaced}])[\\p{L}\\p{N}_])(?:(?![${unspaced}])${inWord}|['’](?=\\p{L})|[.,](?=\\p{N}))*`,
    // Flags, and people with tools and families: one picture each.
    "\\p{Regional_Indicator}{2}",
    "\\p{Extended_Pictographic}(?:[\\ufe0f\\p{Emoji_Modifier}]|\\u200d\\p{Extended_Pictographic})*",
    "\\n",
    "[^\\S\\n]+",
    "[\\s\\S]\\p{M}*",
  ].join("|"),
  "gu",
);

const dictionary = new Intl.Segmenter("und", { granularity: "word" });

/** The text in pieces; joined, they are the text again. */
export function wordTokens(text: string): string[] {
  const tokens: string[] = [];
  let forDictionary = longestForDictionary;
  for (const match of text.matchAll(token)) {
    const run = match.groups?.unspaced;
    if (run === undefined) tokens.push(match[0]);
    else if (run.length > forDictionary)
      for (const character of run.match(/[\s\S]\p{M}*/gu) ?? []) tokens.push(character);
    else {
      forDictionary -= run.length;
      for (const { segment } of dictionary.segment(run)) tokens.push(segment);
    }
  }
  return tokens;
}

/** The text in lines, each with the line feed at its end; joined, they are the text again. */
export function lineTokens(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

const readable = /[\p{L}\p{N}\p{M}\p{S}]/gu;

/** How much of a text one reads: its letters, digits and symbols. White space and punctuation alone weigh nothing. */
export function weightOf(text: string): number {
  return text.match(readable)?.length ?? 0;
}
