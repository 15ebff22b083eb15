// Held words: what is found in spite of disguises, and what is never mistaken for one.
import { describe, expect, test } from "vitest";
import { findWords, isWordLine, wordList } from "@/lib/text/word-list";

/** What of `line` stands in `text`; null when it does not. */
function found(line: string, text: string, language = ""): string | null {
  return findWords(wordList([{ key: 1, line, language }]), text)[0]?.written ?? null;
}

describe("found", () => {
  test.each([
    ["the word", "shit", "what a shit day"],
    ["in capitals", "shit", "SHIT!"],
    ["the line's own capitals do not matter", "Viagra", "cheap viagra here"],
    ["with a possessive", "viagra", "Viagra's price"],
    ["in quotes and brackets", "shit", "(“shit”)"],
    ["joined to another by a hyphen", "shit", "shit-storm"],
    ["an underscore is no letter", "shit", "_shit_"],
    ["one Cyrillic letter in it", "shit", "what a ѕhit day"],
    ["several Cyrillic letters", "casino", "the best саsinо in town"],
    ["wholly Cyrillic look-alikes amid Latin words", "pace", "the расе of it all is great"],
    ["full width", "casino", "ｃａｓｉｎｏ"],
    ["mathematical letters", "casino", "𝐜𝐚𝐬𝐢𝐧𝐨"],
    ["small capitals", "casino", "ᴄᴀsɪɴᴏ"],
    ["zero-width letters inside", "casino", "cas\u200bino"],
    ["a soft hyphen inside", "casino", "cas\u00adino"],
    ["a digit for a letter", "shit", "sh1t happens"],
    ["two digits for letters", "shit", "5h1t happens"],
    ["a sign for a letter", "shit", "sh!t happens"],
    ["a dollar first", "shit", "$hit happens"],
    ["dollars last", "ass", "you a$$"],
    ["an at sign", "bastard", "b@stard"],
    ["leet before an exclamation mark", "shit", "sh1t!!!"],
    ["letters standing apart", "shit", "what a s h i t day"],
    ["letters with dots between", "shit", "s.h.i.t"],
    ["letters with hyphens between", "viagra", "buy v-i-a-g-r-a now"],
    ["drawn out", "shit", "shiiiiit"],
    ["drawn out in the end", "shit", "shitttt"],
    ["left-away accents", "connard", "quel cönnard"],
    ["a phrase", "buy now", "Please BUY   now, today"],
    ["a phrase across a line", "buy now", "buy\nnow"],
    ["a phrase with punctuation between", "buy now", "buy, now"],
    ["a beginning", "crypto*", "cryptocurrencies"],
    ["an end", "*coin", "the newest dogecoin"],
    ["a Russian word", "казино", "лучшее КАЗИНО города"],
    ["a Russian word with е for ё", "все", "Всё"],
    ["a Greek word in capitals", "καζίνο", "ΚΑΖΊΝΟ"],
    ["a Chinese word", "赌场", "最好的赌场在这里"],
    ["a Japanese word", "カジノ", "新しいカジノです"],
    ["a Thai word", "คาสิโน", "เล่นคาสิโนออนไลน์"],
    ["an Arabic word", "قمار", "هذا قمار حرام"],
    ["a Hindi word with its vowel signs", "जुआ", "यह जुआ है"],
    ["ss for ß", "scheisse", "so eine Scheiße"],
  ])("%s", (_sentence, line, text) => expect(found(line, text)).not.toBeNull());
});

describe("not found", () => {
  test.each([
    ["Scunthorpe", "cunt", "Scunthorpe United"],
    ["Essex, Sussex and Middlesex", "sex", "Essex, Sussex, Middlesex"],
    ["classic assessments", "ass", "a classic assessment of the assassin's class"],
    ["cocktails", "cock", "cocktails, peacocks and Hitchcock"],
    ["Dickens", "dick", "Dickens and Dickinson"],
    ["the Japanese", "jap", "the Japanese"],
    ["specialists", "cialis", "a socialist specialist"],
    ["Penistone", "penis", "Penistone in Yorkshire"],
    ["analysis", "anal", "the analysis of canals"],
    ["Arsenal", "arse", "Arsenal parsed"],
    ["burn is no disguised bum", "bum", "did you burn it"],
    ["modern is no disguise", "modem", "modern times"],
    ["tall is no disguised tail", "tail", "how tall he is"],
    ["slit and silt", "silt", "a slit"],
    ["corn and com", "com", "sweet corn"],
    ["a road", "ass", "on the A55 to Wales"],
    ["an aeroplane", "bob", "the B08 gate"],
    ["years and amounts", "bees", "8335 and 1999 and £1.50"],
    ["a droid", "capo", "C3PO and R2D2"],
    ["initials", "fag", "F. A. G. Smith"],
    ["abbreviations", "faq", "see the F.A.Q. and the U.S.A."],
    ["single letters of a list", "abcd", "vitamins A, B, C and D"],
    ["a formula", "nazi", "n a + z i"],
    ["a mail address", "smess", "write to sm@ess.example"],
    ["a Russian word that looks like an English one", "cop", "Выбрось этот сор из избы, пожалуйста"],
    ["a Greek word that looks like an English one", "tov", "Αυτό είναι το βιβλίο του"],
    ["a double letter is spelling", "bok", "a good book"],
    ["another word of a phrase between", "buy now", "buy it now"],
    ["the phrase inside other words", "buy now", "buyer nowhere"],
    ["a beginning in the middle", "crypto*", "a subcryptoform"],
    ["an end in the middle", "*coin", "a coincidence"],
    ["heterosexual company is not the word across its middle", "性交", "异性交往很正常"],
    ["й is not и", "мои", "мой дом"],
    ["Hindi vowel signs are letters", "कि", "की बात"],
    ["a letter of the held word that is marked", "año", "el ano"],
    ["nothing", "shit", ""],
    ["signs alone", "shit", "?! … ☆"],
  ])("%s", (_sentence, line, text) => expect(found(line, text)).toBeNull());
});

describe("as the language has it", () => {
  test.each([
    ["n and ñ are two letters in Spanish", "ano", "un año", "es", null],
    ["they are one where no language is named", "ano", "un año", "", "año"],
    ["accents may be left away in Spanish", "cabrón", "cabrón", "es", "cabrón"],
    ["a held word without its accent is found with it", "cabron", "CABRÓN", "es", "CABRÓN"],
    ["å is no a in Swedish", "sas", "sås till maten", "sv", null],
    ["ü is no u in German", "schwul", "schwül heute", "de", null],
    ["I is the capital of ı in Turkish", "sıkıldım", "SIKILDIM", "tr", "SIKILDIM"],
    ["and not of i", "sikildim", "SIKILDIM", "tr", null],
    ["a region makes no other language of it", "ano", "un año", "es-MX", null],
  ])("%s", (_sentence, line, text, language, written) => expect(found(line, text, language)).toBe(written));
});

describe("lines that can be looked for", () => {
  test.each([
    ["a word", "shit", true],
    ["a phrase", "buy now", true],
    ["a beginning", "crypto*", true],
    ["an end", "*coin", true],
    ["nothing", "  ", false],
    ["signs", "***", false],
    ["a star alone", "*", false],
    ["a beginning of two letters would hold everything", "cr*", false],
    ["stars on both sides would bring Scunthorpe back", "*cunt*", false],
    ["a star within", "sh*t", false],
    ["a phrase with a star", "buy now*", false],
  ])("%s", (_sentence, line, can) => expect(isWordLine(line)).toBe(can));
});

test("each line is told once, with what stood there, however often", () => {
  const list = wordList([
    { key: 7, line: "casino", language: "" },
    { key: 8, line: "bonus", language: "en" },
    { key: 7, line: "roulette", language: "" },
  ]);
  expect(findWords(list, "Casino casino, rouIette and a b0nus")).toEqual([
    { key: 7, written: "Casino" },
    { key: 8, written: "b0nus" },
  ]);
});

test("a long text against many lines takes a few milliseconds a thousand characters", () => {
  const lines = Array.from({ length: 500 }, (_, nth) => ({ key: nth, line: `held${nth} phrase`, language: "" }));
  const list = wordList(lines);
  const hostile = [
    "s h i t ".repeat(1_250),
    "a5".repeat(5_000),
    "ѕ".repeat(10_000),
    "性交".repeat(5_000),
    "aaa ".repeat(2_500),
  ];
  for (const text of hostile) {
    const before = process.cpuUsage();
    findWords(list, text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  }
});
