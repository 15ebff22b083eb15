// What makes a password easy to guess although it is long enough: it stands on the list, runs along the keyboard, repeats itself, or is
// made of what everybody knows about its owner (R27). Compared whole and folded; a word inside a longer sentence is nobody's concern.
import { commonPasswords } from "@/lib/domain/common-passwords";
import { limits } from "@/lib/domain/limits";
import { codePointLength } from "@/lib/text/normalize";

/** What a guesser knows. */
export interface PasswordOwner {
  handle: string;
  displayName: string;
  email: string | null;
  siteName: string;
}

/** Fewer different characters are a rhythm, not a password. */
const fewestDifferent = 5;

/** A password of this many straight runs, like "qwertz" or "98765", has no more to guess than so many places to begin. */
const fewestRuns = 4;

/** What must be left when the words that everybody knows are taken out; "2026!" is not enough. */
const leastOwn = 6;

/** Shorter parts of a name stand in other words by chance. */
const shortestKnown = 3;

/** Along these people let their fingers run; digits and letters in their order, and the rows of common keyboards. */
const tracks = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "yxcvbnm",
  "azertyuiop",
  "qsdfghjklm",
  "wxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "1q2w3e4r5t6y7u8i9o0p",
];

const steps = new Set(
  tracks.flatMap((track) => {
    const characters = [...track];
    return characters.flatMap((character, at) => {
      const next = characters[at + 1];
      return next === undefined ? [] : [character + next, next + character];
    });
  }),
);

/** How passwords are compared: without case. */
export function foldPassword(password: string): string {
  return password.normalize("NFKC").toLowerCase();
}

/** The reason of `lib/ui/labels` for which a password of sufficient length is refused; null when there is none. */
export function weaknessOf(password: string, owner: PasswordOwner): string | null {
  const folded = foldPassword(password);
  if (commonPasswords().has(folded)) return "password.common";
  if (repeatsItself(folded)) return "password.repeats";
  if (straightRuns(folded) < fewestRuns) return "password.sequence";
  if (ownPartOf(folded, owner) < leastOwn) return "password.about_you";
  return null;
}

function repeatsItself(text: string): boolean {
  if (new Set(text).size < fewestDifferent) return true;
  for (let period = 1; period < limits.password.min && period * 2 <= text.length; period++) {
    if (text.slice(period) === text.slice(0, -period)) return true;
  }
  return false;
}

/** In how many pieces the text falls when a piece may go on along a track, or stay on its character. */
function straightRuns(text: string): number {
  const characters = [...text];
  return characters.filter((character, at) => {
    const before = characters[at - 1];
    return before === undefined || (before !== character && !steps.has(before + character));
  }).length;
}

/** How many characters are left without the words that everybody knows. */
function ownPartOf(text: string, owner: PasswordOwner): number {
  const { handle, displayName, email, siteName } = owner;
  const known = [handle, displayName, email ?? "", siteName]
    .map(foldPassword)
    .flatMap((word) => [word, word.replace(/\s/g, ""), ...word.split(/[^\p{L}\p{N}\p{M}]+/u)])
    .filter((word) => codePointLength(word) >= shortestKnown)
    .sort((a, b) => b.length - a.length);
  return codePointLength(known.reduce((rest, word) => rest.replaceAll(word, ""), text));
}
