// What a revision changes besides its text: title, summary, address, topics, rights, links and images, for a table of a few lines.
import { type Piece, wordDifference } from "@/lib/text/diff";
import { imagesOf, linksOf } from "@/lib/text/references";
import type { SafeHtml } from "@/lib/text/safe-html";

/** A text with all that is published along with it. */
export interface DetailedText {
  title: string;
  summary: string;
  /** Empty: as it is. */
  slug: string;
  topics: readonly string[];
  copyrightHolder: string;
  licence: string;
  html: SafeHtml;
}

export type ChangedDetail =
  | { name: string; kind: "words"; pieces: Piece[] }
  | { name: string; kind: "things"; added: string[]; removed: string[] };

function words(name: string, before: string, now: string): ChangedDetail[] {
  return before === now ? [] : [{ name, kind: "words", pieces: wordDifference(before, now) }];
}

/** Names and addresses change as a whole. */
function whole(name: string, before: string, now: string): ChangedDetail[] {
  const things = (text: string) => (text === "" ? [] : [text]);
  return before === now ? [] : [{ name, kind: "things", added: things(now), removed: things(before) }];
}

function things(name: string, before: readonly string[], now: readonly string[]): ChangedDetail[] {
  const added = now.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !now.includes(one));
  return added.length + removed.length === 0 ? [] : [{ name, kind: "things", added, removed }];
}

/** What differs from `before` to `now`, in the order of an article's page; what did not change is left out. */
export function changedDetails(before: DetailedText, now: DetailedText): ChangedDetail[] {
  return [
    ...words("Title", before.title, now.title),
    ...words("Summary", before.summary, now.summary),
    ...whole("Address", before.slug, now.slug),
    ...things("Topics", before.topics, now.topics),
    ...whole("Copyright Protected", before.copyrightHolder, now.copyrightHolder),
    ...whole("Licence", before.licence, now.licence),
    ...things("Links", linksOf(before.html), linksOf(now.html)),
    ...things("Images", imagesOf(before.html), imagesOf(now.html)),
  ];
}
