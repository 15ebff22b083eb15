// How written words are compared: case and marks folded as their language allows, and the other ways in which an odd one can be meant
// ("ѕhіt" with foreign letters, "sh1t", "s h i t", "shiiit"). A word that is plainly written is only ever read as what it is.
import { skeleton } from "@/lib/text/confusables";

/** A word as it stands in a text. */
export interface WrittenWord {
  word: string;
  start: number;
  end: number;
}

/** Scripts written without spaces between words: their words are found by a dictionary. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const spacedWord = /[\p{L}\p{N}\p{M}]+/gu;

const dictionary = new Intl.Segmenter(undefined, { granularity: "word" });

/** Whether a word is of a script without spaces, where two words may stand side by side. */
export function isUnspaced(word: string): boolean {
  return unspaced.test(word);
}

/** Text as its words are looked for: compatible forms become the usual letters, what cannot be seen is gone. */
export function readable(text: string): string {
  return text.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
}

/** The words of a text that `readable` has made, in order. */
export function wordsIn(text: string): WrittenWord[] {
  const words: WrittenWord[] = [];
  for (const match of text.matchAll(spacedWord)) {
    const [word] = match;
    if (!isUnspaced(word)) {
      words.push({ word, start: match.index, end: match.index + word.length });
      continue;
    }
    for (const { segment, index } of dictionary.segment(word)) {
      words.push({ word: segment, start: match.index + index, end: match.index + index + segment.length });
    }
  }
  return words;
}

/** Letters with a mark that are letters of their own: leaving the mark away makes another word of it. By language, as in `BCP 47`. */
const ownLetters: Record<string, string> = {
  az: "çəğıöşü", be: "ёў", bs: "čćđšž", ca: "ç", cs: "áčďéěíňóřšťúůýž", cy: "ŵŷ", da: "æøå", de: "äöü", eo: "ĉĝĥĵŝŭ", es: "ñ",
  et: "äõöüšž", eu: "ñ", fi: "äöå", fo: "áðíóúýæø", gl: "ñ", hr: "čćđšž", hu: "áéíóöőúüű", is: "áðéíóúýþæö", lt: "ąčęėįšųūž",
  lv: "āčēģīķļņšūž", mt: "ċġħż", nb: "æøå", nn: "æøå", no: "æøå", pl: "ąćęłńóśźż", ro: "ăâîșț", sk: "áäčďéíĺľňóôŕšťúýž", sl: "čšž",
  sq: "çë", sv: "äöå", tk: "äçňöşüýž", tr: "çğıöşü",
  vi: "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
}; // biome-ignore format: a table reads better in rows

/** Nobody takes these for the letter without the mark, in whatever language. */
const neverFolded = "йїў";

/** Accents over Latin, Greek and Cyrillic letters; the vowel signs of other scripts are spelling and stay. */
const accents = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]/g;

const withoutDecomposition: Record<string, string> = { ł: "l", ø: "o", đ: "d", ħ: "h", æ: "ae", œ: "oe", ı: "i" };

/** The language without region and script: "pt" of "pt-BR". */
function base(language: string): string {
  return language.split("-")[0]?.toLowerCase() ?? "";
}

/** A word in small letters as the language makes them ("I" is "ı" in Turkish), every mark in place. */
export function lowered(word: string, language: string): string {
  return (language === "" ? word.toLowerCase() : word.toLocaleLowerCase(language))
    .normalize("NFC")
    .replaceAll("ß", "ss");
}

/** A lowered word without the marks that a hurried writer leaves away; those that make a letter of the language stay. */
export function unmarked(word: string, language: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: nearly every word is plain and needs nothing
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  const own = ownLetters[base(language)] ?? "";
  let out = "";
  for (const letter of word) {
    if (own.includes(letter) || neverFolded.includes(letter)) out += letter;
    else out += withoutDecomposition[letter] ?? letter.normalize("NFD").replace(accents, "").normalize("NFC");
  }
  return out;
}

/** Whether a lowered word has marks that could be left away. */
export function isMarked(word: string, language: string): boolean {
  return unmarked(word, language) !== word;
}

const plainLatin = /^[\p{Script=Latin}\p{M}]+$/u;
const oneScript = /^(?:[\p{Script=Cyrillic}\p{M}]+|[\p{Script=Greek}\p{M}]+|[\p{Script=Armenian}\p{M}]+)$/u;
/** Latin letters that are there to be taken for others: small capitals, letters of phonetics and the like. */
const oddLatin = /[\u0250-\u02af\u1d00-\u1dbf\ua720-\ua7ff]/u;

/** Whether a text is written in Latin letters for the most part: a whole word of look-alikes in it is a disguise, in a Russian text it is Russian. */
export function isMostlyLatin(text: string): boolean {
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const others = text.match(/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/gu)?.length ?? 0;
  return latin >= others;
}

/** What an oddly written word looks like; undefined for one that is plainly what it is. @param amidLatin see `isMostlyLatin` */
export function lookOf(word: string, amidLatin: boolean): string | undefined {
  if (plainLatin.test(word) && !oddLatin.test(word)) return undefined;
  if (/^\p{N}+$/u.test(word) || isUnspaced(word)) return undefined;
  if (!amidLatin && oneScript.test(word)) return undefined;
  return skeleton(word);
}

const standIns: Record<string, string> = {
  "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", $: "s", "!": "i", "|": "i", "+": "t", "€": "e",
}; // biome-ignore format: a table reads better in rows

const leetChunk = /(?<![\p{L}\p{N}@$!|+€./:])[\p{L}0134578@$!|+€]{3,30}(?![\p{L}\p{N}@$|+€/:]|[.]\p{L})/gu;

/**
 * Words with digits and signs in place of letters, as what they look like then. One that has more digits than letters is a number of
 * something ("A55", "B52"), and what is no stand-in at all makes no word of it.
 */
export function leetIn(text: string): { look: string; written: string }[] {
  const found: { look: string; written: string }[] = [];
  for (const [chunk] of text.matchAll(leetChunk)) {
    const written = chunk.replace(/[!|+]+$/, "");
    const letters = written.match(/\p{L}/gu)?.length ?? 0;
    const digits = written.match(/\d/g)?.length ?? 0;
    const signs = written.match(/[@$!|+€]/g)?.length ?? 0;
    if (letters === 0 || letters < digits || digits + signs === 0) continue;
    found.push({ look: skeleton(Array.from(written, (sign) => standIns[sign] ?? sign).join("")), written });
  }
  return found;
}

/** Single letters in a row with one and the same sign between them. */
const spacedOut = /(?<![\p{L}\p{N}\p{M}])\p{L}([ .\-_*•·])\p{L}(?:\1\p{L}){2,38}(?![\p{L}\p{N}\p{M}])/gu;

/** Shorter ones are initials and abbreviations. */
export const spacedLetters = { min: 4, max: 20 };

/** Everything that letters standing apart ("s h i t") can spell, with what was written. */
export function spacedIn(text: string): { word: string; written: string }[] {
  const found: { word: string; written: string }[] = [];
  for (const [written, separator = " "] of text.matchAll(spacedOut)) {
    const letters = written.split(separator);
    for (let start = 0; start + spacedLetters.min <= letters.length; start++) {
      const longest = Math.min(letters.length, start + spacedLetters.max);
      for (let end = start + spacedLetters.min; end <= longest; end++) {
        found.push({ word: letters.slice(start, end).join(""), written });
      }
    }
  }
  return found;
}

/** A word with a letter drawn out over three or more, every repetition made one; undefined for others: no ordinary word has three. */
export function squeezed(word: string): string | undefined {
  return /(.)\1\1/u.test(word) ? squeeze(word) : undefined;
}

/** Every repetition made one: what `squeezed` is compared with. */
export function squeeze(word: string): string {
  return word.replace(/(.)\1+/gu, "$1");
}
