// What rendering a text gives, and what it needs to know.
import type { SafeHtml } from "@/lib/text/safe-html";

/** Comments have the small language; articles add images, footnotes, definition lists, sub- and superscript, heading ids. */
export type Dialect = "comment" | "article";

export interface RenderOptions {
  dialect: Dialect;
  /** Like "https://talk.example.org", without a trailing slash. */
  ownOrigin: string;
  /** Pixels of our own pictures by their ids, so that a page keeps room for them; one that is not here goes without. */
  pictures?: Readonly<Record<string, PictureSize>>;
}

export interface PictureSize {
  width: number;
  height: number;
  /** Smaller widths in which it is kept, too, smallest first. */
  smaller?: readonly number[];
}

export interface Heading {
  level: 2 | 3 | 4;
  /** The element's whole id, with its prefix: link to `#${id}`. */
  id: string;
  text: string;
}

export interface Rendered {
  html: SafeHtml;
  /** In order of appearance; none for comments. */
  headings: Heading[];
  words: number;
  links: number;
  /** About 200 characters of plain text for descriptions. */
  excerpt: string;
  /** True when the text was too costly or too deep to render and is shown as written. */
  plain?: boolean;
}
