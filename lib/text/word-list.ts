// Words, word beginnings and phrases that are looked for in texts, in the sense of those who hold a list of them: whole words in every
// script, in spite of disguises, and never inside another word (Scunthorpe stays Scunthorpe).
import { skeleton } from "@/lib/text/confusables";
import {
  isMarked,
  isMostlyLatin,
  isUnspaced,
  leetIn,
  lookOf,
  lowered,
  readable,
  spacedIn,
  spacedLetters,
  squeeze,
  squeezed,
  unmarked,
  type WrittenWord,
  wordsIn,
} from "@/lib/text/word-readings";

export interface WordLine {
  /** Whose line it is. */
  key: number;
  /** A word, a phrase, or a word with "*" at its beginning or end for whatever else may stand there. */
  line: string;
  /** BCP 47; "": any. */
  language: string;
}

export interface FoundWord {
  key: number;
  /** As it stands in the text. */
  written: string;
}

/** Lines of one language, prepared. */
interface Lines {
  language: string;
  /** Single words by how they are compared. */
  unmarked: Map<string, number[]>;
  exact: Map<string, number[]>;
  looks: Map<string, number[]>;
  spaced: Map<string, number[]>;
  squeezed: Map<string, number[]>;
  open: { key: number; part: string; at: "start" | "end"; exact: boolean }[];
  phrases: { key: number; phrase: string; exact: boolean }[];
}

export type WordList = readonly Lines[];

/** A word with "*" keeps at least so many letters of its own, or it would hold everything. */
const openLetters = 3;

/** Whether a line can be looked for: it has a word, and enough of it. */
export function isWordLine(line: string): boolean {
  const words = wordsIn(readable(line));
  if (words.length === 0) return false;
  const stars = line.match(/\*/g)?.length ?? 0;
  if (stars === 0) return true;
  const starred = line.trim();
  const open = starred.startsWith("*") !== starred.endsWith("*") && stars === 1;
  return open && words.length === 1 && Array.from(words[0]?.word ?? "").length >= openLetters;
}

/** Prepares lines once, for many texts. Lines for which `isWordLine` is false are never found. */
export function wordList(lines: readonly WordLine[]): WordList {
  const byLanguage = new Map<string, Lines>();
  for (const { key, line, language } of lines) {
    if (!isWordLine(line)) continue;
    const list = byLanguage.get(language) ?? emptyLines(language);
    byLanguage.set(language, list);
    addLine(list, key, line);
  }
  return [...byLanguage.values()];
}

function emptyLines(language: string): Lines {
  return {
    language,
    unmarked: new Map(),
    exact: new Map(),
    looks: new Map(),
    spaced: new Map(),
    squeezed: new Map(),
    open: [],
    phrases: [],
  };
}

function add(map: Map<string, number[]>, word: string, key: number): void {
  const keys = map.get(word);
  if (keys) keys.push(key);
  else map.set(word, [key]);
}

function addLine(list: Lines, key: number, line: string): void {
  const text = readable(line);
  const words = wordsIn(text);
  const first = lowered(words[0]?.word ?? "", list.language);
  const exact = isMarked(lowered(text, list.language), list.language);
  if (text.includes("*")) {
    list.open.push({ key, part: first, at: text.trim().startsWith("*") ? "end" : "start", exact });
  } else if (words.length > 1 || isUnspaced(first)) {
    list.phrases.push({ key, phrase: joined(words, (word) => lowered(word, list.language)).text, exact });
  } else {
    add(exact ? list.exact : list.unmarked, first, key);
    add(list.looks, skeleton(first), key);
    const letters = Array.from(first).length;
    if (letters >= spacedLetters.min && letters <= spacedLetters.max)
      add(list.spaced, unmarked(first, list.language), key);
    add(list.squeezed, squeeze(unmarked(first, list.language)), key);
  }
}

/** Words as one line: those that stand apart with one space between them, those without a gap side by side. */
function joined(words: readonly WrittenWord[], read: (word: string) => string): { text: string; edges: Set<number> } {
  let text = "";
  const edges = new Set<number>();
  for (const [nth, { word, start }] of words.entries()) {
    if (nth > 0 && words[nth - 1]?.end !== start) text += " ";
    edges.add(text.length);
    text += read(word);
    edges.add(text.length);
  }
  return { text, edges };
}

/** What of the list stands in a text: each key once, with the first place that spoke for it. */
export function findWords(list: WordList, text: string): FoundWord[] {
  if (list.length === 0) return [];
  const source = readable(text);
  const words = wordsIn(source);
  const amidLatin = isMostlyLatin(source);
  const looks = [
    ...words.flatMap(({ word }) => {
      const look = lookOf(word, amidLatin);
      return look === undefined ? [] : [{ look, written: word }];
    }),
    ...leetIn(source),
  ];
  const spaced = spacedIn(source);
  const found = new Map<number, string>();
  const note = (keys: readonly number[] | undefined, written: string) => {
    for (const key of keys ?? []) if (!found.has(key)) found.set(key, written);
  };
  for (const lines of list) {
    for (const { word } of words) noteWord(lines, word, note);
    for (const { look, written } of looks) note(lines.looks.get(look), written);
    for (const { word, written } of spaced)
      note(lines.spaced.get(unmarked(lowered(word, lines.language), lines.language)), written);
    notePhrases(lines, words, note);
  }
  return Array.from(found, ([key, written]) => ({ key, written }));
}

type Note = (keys: readonly number[] | undefined, written: string) => void;

function noteWord(lines: Lines, word: string, note: Note): void {
  const exact = lowered(word, lines.language);
  const bare = unmarked(exact, lines.language);
  note(lines.exact.get(exact), word);
  note(lines.unmarked.get(bare), word);
  const drawnOut = squeezed(bare);
  if (drawnOut !== undefined) note(lines.squeezed.get(drawnOut), word);
  for (const { key, part, at, exact: isExact } of lines.open) {
    const read = isExact ? exact : bare;
    if (at === "start" ? read.startsWith(part) : read.endsWith(part)) note([key], word);
  }
}

function notePhrases(lines: Lines, words: readonly WrittenWord[], note: Note): void {
  if (lines.phrases.length === 0) return;
  const exactText = joined(words, (word) => lowered(word, lines.language));
  const bareText = joined(words, (word) => unmarked(lowered(word, lines.language), lines.language));
  for (const { key, phrase, exact } of lines.phrases) {
    const { text, edges } = exact ? exactText : bareText;
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      if (!edges.has(at) || !edges.has(at + phrase.length)) continue;
      note([key], phrase);
      break;
    }
  }
}
