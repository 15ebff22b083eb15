// The length of a text for its reader.
import { describe, expect, test } from "vitest";
import { countWords, readingMinutes } from "@/lib/text/words";

describe("words", () => {
  test.each([
    ["nothing", "", 0],
    ["signs alone", "— … !", 0],
    ["words", "The quick brown fox.", 4],
    ["an apostrophe does not part a word", "It’s the reader's", 3],
    ["a hyphen does not either", "a well-known fact", 3],
    ["numbers", "3.5 million in 2024", 4],
    ["accents", "Où êtes-vous née", 3],
    ["Russian", "Привет, мир", 2],
    ["Arabic with vowel signs", "كَتَبَ الولد", 2],
    ["Hindi", "यह एक वाक्य है", 4],
    ["Korean is written with spaces", "안녕하세요 여러분", 2],
    ["Chinese: about two characters a word", "我喜欢在海边读书", 4],
    ["Japanese", "私は本を読む", 3],
    ["Thai: about four letters a word", "ฉันชอบอ่านหนังสือ", 5],
    ["two scripts together", "使用 Postgres 数据库", 4],
    ["emoji are no words", "well 🙂 done", 2],
  ])("%s", (_sentence, text, words) => expect(countWords(text)).toBe(words));
});

test.each([
  [0, 0],
  [1, 1],
  [230, 1],
  [231, 2],
  [2_300, 10],
])("%i words take %i minutes", (words, minutes) => expect(readingMinutes(words)).toBe(minutes));
