// What the parts of the conversion share: the wishes of the caller, what was seen so far, and where in the page we stand.
import type { Element } from "hast";
import type { RootContent } from "mdast";
import type { Content } from "@/lib/text/from-html/elements";
import type { Flow, Mark } from "@/lib/text/from-html/flow";

export interface ResolvedImage {
  src: string;
  width?: number;
  height?: number;
}

/** A picture, sound or file that the old site kept apart from the text. */
export interface Attachment {
  url: string;
  alt: string;
  /** HTML. */
  caption: string;
}

export interface HtmlToMarkdownOptions {
  /** Our own address of a picture, or null when it is not here: then a link with its alternative text stands for it. */
  resolveImage(src: string, alt: string): ResolvedImage | null;
  /** The address to link to instead; null leaves only the words. Without it, web and mail addresses are kept. */
  resolveLink?(href: string): string | null;
  /** What a gallery names by number. */
  attachment?(id: string): Attachment | null;
  /** What belongs to the article, for a gallery that names nothing. */
  attachments?(): Attachment[];
  /** HTML of a reusable block. */
  reusableBlock?(id: string): string | null;
  /** HTML of the notes, by the id that the text refers to. */
  footnotes?: ReadonlyMap<string, string>;
  /** Comments have a smaller language: no images, notes, definition lists, raised letters. */
  dialect: "article" | "comment";
  /** Told what has no place in Markdown and was left out, in words for a report. */
  onLeftOut?(what: string): void;
}

/** Where the walk stands. */
export interface Place {
  marks: readonly Mark[];
  /** Quotes and lists around it. */
  nesting: number;
  /** Inside a list of any kind, where a definition list would not be read back: its terms stand as bold lines. */
  listed: boolean;
  /** The element around it. */
  parent: Element | null;
}

export interface Page {
  options: HtmlToMarkdownOptions;
  /** The classic editor's way: line ends count. */
  classic: boolean;
  /** Heading levels as written → as they become. */
  headingLevels: ReadonlyMap<number, 2 | 3 | 4 | 5 | 6>;
  /** Ids that links inside the page may name → the id that the renderer gives the heading there. */
  anchors: ReadonlyMap<string, string>;
  /** Abbreviations that were already written out. */
  expanded: Set<string>;
  /** Ids of footnotes in the order in which the text refers to them. */
  notes: string[];
  walk(flow: Flow, nodes: readonly Content[], place: Place): void;
  /** The blocks that the nodes become, by themselves. */
  blocksOf(nodes: readonly Content[], place: Place): RootContent[];
  /** Parses HTML that stood outside the text: a caption, a note. */
  parse(html: string): Content[];
}
