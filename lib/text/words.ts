// How long a text is for somebody who reads it.

/** Quiet reading of non-fiction, per minute: Brysbaert 2019 finds 238 words in English; we round down for footnotes and figures. */
const wordsPerMinute = 230;

// Scripts written without spaces: Chinese and Japanese words are about two characters long, South-East Asian ones about four.
const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const charactersPerIdeographicWord = 2;
const charactersPerUnspacedWord = 4;
const spacedWords = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.,-][\p{L}\p{N}\p{M}]+)*/gu;

/** The number of words in plain text; for scripts without spaces the number a dictionary would find, about. */
export function countWords(text: string): number {
  const ideographic = text.match(ideographs)?.length ?? 0;
  const withoutSpaces = text.match(unspaced)?.length ?? 0;
  const spaced = text.replace(ideographs, " ").replace(unspaced, " ").match(spacedWords)?.length ?? 0;
  return (
    spaced +
    Math.ceil(ideographic / charactersPerIdeographicWord) +
    Math.ceil(withoutSpaces / charactersPerUnspacedWord)
  );
}

/** Whole minutes to read that many words: 0 for nothing, else at least 1. */
export function readingMinutes(words: number): number {
  return Math.ceil(words / wordsPerMinute);
}
