// Which names a reader would take for one another, and which not.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { skeleton } from "@/lib/text/confusables";

describe("these look alike", () => {
  test.each([
    ["case", "Admin", "aDMIN"],
    ["spaces", "Anna Maria", "annamaria"],
    ["punctuation", "Anna-Maria", "Anna.Maria_"],
    ["accents", "José", "Jose"],
    ["accents written apart", "Jose\u0301", "José"],
    ["Cyrillic a", "Admin", "Аdmin"],
    ["all Cyrillic", "pace", "расе"],
    ["Cyrillic o and e", "Moderator", "Mоdеrаtоr"],
    ["Cyrillic small letters with small-capital looks", "kot", "кот"],
    ["Greek capital", "NIKO", "ΝΙΚΟ"],
    ["Greek omicron", "Google", "Gοοgle"],
    ["Greek nu as v", "David", "Daνid"],
    ["full width", "Editor", "Ｅｄｉｔｏｒ"],
    ["mathematical letters", "Editor", "𝐄𝐝𝐢𝐭𝐨𝐫"],
    ["circled letters", "Editor", "Ⓔⓓⓘⓣⓞⓡ"],
    ["zero for o", "Bob", "B0b"],
    ["one for l", "Alice", "A1ice"],
    ["capital I for l", "Alice", "AIice"],
    ["a bar for l", "Alice", "A|ice"],
    ["rn for m", "Mary", "rnary"],
    ["vv for w", "Walter", "vvalter"],
    ["dotless i", "Admin", "Admın"],
    ["zero-width letters", "Admin", "Ad\u200bmin"],
    ["a joiner", "Admin", "Ad\u200dmin"],
    ["letters with a stroke", "Lukasz", "Łukasz"],
    ["ornaments", "Admin", "★ Admin ★"],
    ["an Armenian o", "Bob", "Bօb"],
    ["small capitals", "Bank", "ʙᴀɴᴋ"],
    ["another case of a Greek name", "Νίκος", "ΝΙΚΟΣ"],
    ["another case of a Russian name", "Мария", "МАРИЯ"],
  ])("%s", (_sentence, one, other) => expect(skeleton(one)).toBe(skeleton(other)));
});

describe("these do not", () => {
  test.each([
    ["different names", "Anna", "Hanna"],
    ["one letter more", "Ana", "Anna"],
    ["numbers", "alice2", "alice3"],
    ["a number and none", "alice", "alice2"],
    ["u and v", "Eua", "Eva"],
    ["n and v", "Enan", "Evan"],
    ["different Russian names", "Мария", "Марина"],
    ["different Chinese names", "王伟", "王芳"],
    ["different Japanese names", "はな", "ばな"],
    ["different Korean names", "민준", "서준"],
    ["Hindi vowel signs", "कि", "की"],
    ["Thai vowel signs", "ดี", "ดู"],
    ["different Arabic names", "علي", "عمر"],
    ["different signs", "☆☆", "♡♡"],
    ["different emoji", "🦊", "🦉"],
    ["a and o", "Jana", "Jona"],
  ])("%s", (_sentence, one, other) => expect(skeleton(one)).not.toBe(skeleton(other)));
});

test("no visible name has an empty skeleton", () => {
  fc.assert(
    fc.property(fc.constantFrom("★", "!!!", "—", "🙂", "a", "王", "7", "_"), (name) => {
      expect(skeleton(name)).not.toBe("");
    }),
  );
});

test("case and spaces never matter", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9 _.-]{1,30}$/), (name) => {
      fc.pre(/[a-z0-9]/i.test(name));
      expect(skeleton(name.toUpperCase())).toBe(skeleton(name));
      expect(skeleton(name.toLowerCase())).toBe(skeleton(name));
      expect(skeleton(` ${name}  `)).toBe(skeleton(name));
    }),
    { numRuns: 500 },
  );
});
