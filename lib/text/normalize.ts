// What every text goes through once, before it is checked or kept (R50-R52). Normalising twice changes nothing more.

/** Marks kept on one base letter: every living script is served by four, a text that climbs over its neighbours is not. */
const marksPerBase = 4;

const loneSurrogates = /\p{Surrogate}/gu;
// C0 except tab and line feed, DEL, C1, and the two non-characters that break XML.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;
// Invisible joiners between marks do not start a new base, so they cannot be used to stack more.
const markRuns = /[\p{M}\u200b-\u200d\u2060-\u2064\ufeff]+/gu;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Those of them that turn what stands around them. The marks of one direction come along with copied names, and do no harm. */
const turning = /[\u202a-\u202e\u2066-\u2069]/;
const invisible = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Text as we keep it: well-formed, line feeds only, no controls, NFC, at most four combining marks on a base. */
export function normalizeText(input: string): string {
  const text = input.replace(loneSurrogates, "\ufffd").replace(/\r\n?/g, "\n").replace(controls, "").normalize("NFC");
  return limitMarks(text);
}

function limitMarks(text: string): string {
  return text.replace(markRuns, (run) => {
    if (run.length <= marksPerBase) return run;
    let marks = 0;
    return Array.from(run, (character) => (/\p{M}/u.test(character) && ++marks > marksPerBase ? "" : character)).join(
      "",
    );
  });
}

// Joiners that some scripts need for spelling, and emoji for being one picture.
const spellsWithJoiners = [
  ...["Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"],
  ...["Kannada", "Malayalam", "Sinhala"],
].map((script) => `\\p{Script=${script}}`);
const neededJoiner = new RegExp(
  [
    `(?<=[${spellsWithJoiners.join("")}])[\\u200c\\u200d](?=[\\p{L}\\p{M}])`,
    "(?<=\\p{Extended_Pictographic}\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})",
    "(?<=\\p{Extended_Pictographic})\\ufe0f",
  ].join("|"),
  "gu",
);

function withoutUnseen(text: string, kept = ""): string {
  const needed = new Set(Array.from(text.matchAll(neededJoiner), (match) => match.index));
  return text.replace(invisible, (character, offset: number) =>
    needed.has(offset) || character === kept ? character : character === "\u2800" ? " " : "",
  );
}

/** A name as we keep it: NFKC, one line, single spaces, nothing that turns the direction, nothing that cannot be seen. */
export function normalizeName(input: string): string {
  const text = normalizeText(input).normalize("NFKC").replace(bidiControls, "");
  return limitMarks(
    withoutUnseen(text)
      .replace(/[\s\p{Z}]+/gu, " ")
      .trim(),
  ).normalize("NFC");
}

const zeroWidthSpace = "\u200b";

/**
 * A question for the search: one line that keeps its direction, without what cannot be seen, and else spelt as it is, since the texts
 * are too: "m²" stays. The space without width stays, since it parts words of Thai and Khmer; elsewhere the search leaves it out.
 */
export function normalizeQuestion(input: string): string {
  const text = normalizeText(input).replace(bidiControls, "");
  return withoutUnseen(text, zeroWidthSpace)
    .replace(/[\s\p{Z}]+/gu, " ")
    .trim();
}

/** Whether a reader would see anything: not only spaces, fillers, joiners, or marks without a letter under them (R51). */
export function hasVisibleContent(text: string): boolean {
  // The two code points named are blank by design though Unicode does not call them ignorable.
  return /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{C}\p{M}\p{Z}\u2800\u{1d159}]/u.test(text);
}

/** Length as people count it and the database checks it: code points, not UTF-16 units. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Whether the text holds a character that changes the writing direction of what stands around it. */
export function hasBidiControls(text: string): boolean {
  return turning.test(text);
}
