// Passwords that are long enough and yet easy to guess; beside each that is refused stands one that is not (R27).
import { describe, expect, it } from "vitest";
import { commonPasswords } from "@/lib/domain/common-passwords";
import { limits } from "@/lib/domain/limits";
import { type PasswordOwner, weaknessOf } from "@/lib/domain/weak-password";
import { codePointLength } from "@/lib/text/normalize";

const owner: PasswordOwner = {
  handle: "mireille",
  displayName: "Mireille Adjovi-Blanc",
  email: "m.blanc@quartz.example.org",
  siteName: "The Quiet Harbour",
};

describe("the list", () => {
  it("has more than ten thousand that are long enough, folded, each once", () => {
    const list = [...commonPasswords()];
    expect(list.length).toBeGreaterThanOrEqual(20_000);
    expect(list.filter((word) => codePointLength(word) < limits.password.min)).toEqual([]);
    expect(list.filter((word) => word !== word.toLowerCase().normalize("NFKC"))).toEqual([]);
    expect(list.filter((word) => codePointLength(word) >= limits.password.staffMin).length).toBeGreaterThan(500);
  });
});

describe("a password", () => {
  const table: [string, string, string | null][] = [
    ["of four words", "seven herons at dusk", null],
    ["of a manager", "vX9$kq2Lm#Tz", null],
    ["in another script", "тихая гавань ночью", null],
    ["of emoji, each another", "🦩🌾🪶🫖🧂🪨🌒🦔🥣🪵", null],
    ["that many have", "basketball", "password.common"],
    ["that many have, in capitals", "BasketBall", "password.common"],
    ["that many have, with more behind it", "basketball under an elm", null],
    ["of one letter", "жжжжжжжжжжжж", "password.repeats"],
    ["of four letters in any order", "abbacddcabdcab", "password.repeats"],
    ["that is a word twice and a half", "tulip7tulip7tul", "password.repeats"],
    ["that is a sentence twice", "old elm tree old elm tree ", null],
    ["along the alphabet", "abcdefghijklmn", "password.sequence"],
    ["down the alphabet", "zyxwvutsrqponm", "password.sequence"],
    ["of digits up and down", "12345678987654", "password.sequence"],
    ["of three runs", "qwertz98765fgh", "password.sequence"],
    ["along a French keyboard", "AZERTYUIOPqsd", "password.sequence"],
    ["with runs inside something longer", "qwerty herons 123 dusk", null],
    ["that is the handle and a year", "mireille2026!", "password.about_you"],
    ["that is the name", "Mireille Adjovi-Blanc", "password.about_you"],
    ["that is the name without spaces", "mireilleadjoviblanc", "password.about_you"],
    ["that is the address", "m.blanc@quartz.example.org", "password.about_you"],
    ["that is the address' host", "quartzquartz1", "password.about_you"],
    ["that is the site", "The-Quiet-Harbour", "password.about_you"],
    ["that is the site and oneself", "harbour mireille", "password.about_you"],
    ["that mentions the site in passing", "the herons of our quiet pond", null],
  ];
  it.each(table)("%s", (_sentence, password, expected) => expect(weaknessOf(password, owner)).toBe(expected));

  it("is judged also for who has no address, and a name of one letter", () => {
    const nobody = { handle: "xyz", displayName: "X", email: null, siteName: "" };
    expect(weaknessOf("xylophones at dusk", nobody)).toBeNull();
  });

  it("is judged quickly, however long it is", () => {
    const began = performance.now();
    for (const unit of ["a", "ab", "abc1", "mireille", "🦩"])
      weaknessOf(unit.repeat(limits.password.max).slice(0, 1024), owner);
    expect(performance.now() - began).toBeLessThan(200);
  });
});
