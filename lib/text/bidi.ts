// Characters that turn the writing direction: useful as balanced isolates, a disguise otherwise (R52, "Trojan Source").

const overridesAndEmbeddings = /[\u202a-\u202e]/g;
const isolateControls = /[\u2066-\u2069]/g;
const popIsolate = "\u2069";
/** All controls that can make code read otherwise than it runs. */
const inCode = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Removes overrides, embeddings and unbalanced isolates from the pieces of one paragraph; balance is judged over all the
 * pieces together, in order.
 */
export function withoutUnsafeBidi(pieces: readonly string[]): string[] {
  const plain = pieces.map((piece) => piece.replace(overridesAndEmbeddings, ""));
  if (!plain.some((piece) => piece.search(isolateControls) >= 0)) return plain;
  const unbalanced = new Set<number>();
  const open: number[] = [];
  let position = 0;
  for (const control of plain.join("").matchAll(isolateControls)) {
    position = control.index;
    if (control[0] !== popIsolate) open.push(position);
    else if (open.pop() === undefined) unbalanced.add(position);
  }
  for (const unclosed of open) unbalanced.add(unclosed);
  let start = 0;
  return plain.map((piece) => {
    const offset = start;
    start += piece.length;
    return piece.replace(isolateControls, (control, at: number) => (unbalanced.has(offset + at) ? "" : control));
  });
}

/** Escaped code with each direction control replaced by its visible number: U+202E. */
export function withMarkedBidi(escapedCode: string): string {
  return escapedCode.replace(inCode, (control) => {
    const number = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `<span class="code-point">U+${number}</span>`;
  });
}
