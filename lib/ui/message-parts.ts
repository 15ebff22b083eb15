// A sentence that names a page of ours, in parts, so that whoever draws it can make a link of the page.

export interface MessagePart {
  text: string;
  /** The part is a link to there. */
  href?: string;
}

/** "Look at /standing." as "Look at ", a link, and "." */
export function messageParts(sentence: string): MessagePart[] {
  const [before = "", ...after] = sentence.split("/standing");
  return [{ text: before }, ...after.flatMap((text) => [{ text: "Your standing", href: "/standing" }, { text }])];
}
