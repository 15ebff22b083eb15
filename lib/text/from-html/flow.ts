// Gathers running text into paragraphs. Text, breaks and pictures arrive one after the other, each with the marks (bold, link …)
// that hold over it; a block ends the paragraph. Because marks are kept beside the text and not around it, a bold that spans
// three paragraphs, or a link around a heading, comes out right without further thought.
import type { Break, FootnoteReference, Image, InlineCode, Paragraph, PhrasingContent, RootContent, Text } from "mdast";
import { embedLabel } from "@/lib/text/from-html/embeds";
import { couldContinueDefinitions, plainDefinitions, type ScriptText } from "@/lib/text/from-html/markdown-nodes";

export type Mark = { type: "link"; url: string; title: string | null } | { type: "strong" | "emphasis" | "delete" };

export interface Leaf {
  node: Text | Break | InlineCode | FootnoteReference | Image | ScriptText;
  marks: readonly Mark[];
  /** A picture, or the link that stands for one: alone between words it gets its own paragraph. */
  picture?: boolean;
  /** The break comes from a line end of the source, not from <br>. */
  soft?: boolean;
}

const markOrder = ["link", "strong", "emphasis", "delete"];

/** Adds a mark; one of the same kind is already enough, and the order is always the same, so that neighbours can join. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.some((other) => other.type === mark.type)) return marks;
  return [...marks, mark].sort((a, b) => markOrder.indexOf(a.type) - markOrder.indexOf(b.type));
}

export class Flow {
  readonly blocks: RootContent[] = [];
  private run: Leaf[] = [];

  /** @param lineEndsBreak WordPress's classic editor: a line end is a line break */
  constructor(private readonly lineEndsBreak: boolean) {}

  /** Running text as it stands in the HTML. A blank line ends the paragraph. */
  text(value: string, marks: readonly Mark[]): void {
    value.split(/\n[ \t\r]*\n\s*/).forEach((paragraph, index) => {
      if (index > 0) this.flush();
      const lines = this.lineEndsBreak ? paragraph.split("\n") : [paragraph];
      lines.forEach((line, lineIndex) => {
        if (lineIndex > 0) this.run.push({ node: { type: "break" }, marks, soft: true });
        const text = collapseBlanks(line);
        if (text !== "") this.run.push({ node: { type: "text", value: text }, marks });
      });
    });
  }

  /** Words of ours, or text whose line ends mean nothing. */
  words(value: string, marks: readonly Mark[]): void {
    this.run.push({ node: { type: "text", value }, marks });
  }

  leaf(leaf: Leaf): void {
    this.run.push(leaf);
  }

  /** A finished block, after the paragraph so far. */
  block(block: RootContent): void {
    this.flush();
    const last = this.blocks.at(-1);
    if (block.type === "thematicBreak" && last?.type === "thematicBreak") return;
    if (last?.type === "definitionList" && couldContinueDefinitions(block)) {
      this.blocks.splice(-1, 1, ...plainDefinitions(last));
    }
    this.blocks.push(block);
  }

  /** Ends the paragraph so far. */
  flush(): void {
    if (this.run.length === 0) return;
    const { run } = this;
    this.run = [];
    for (const lines of splitAtDoubleBreaks(run)) {
      for (const part of splitAtPictures(lines)) {
        const children = phrasing(
          part.every((leaf) => leaf.node.type === "image" || isBlank(leaf) || isBreak(leaf)) ? row(part) : part,
        );
        if (children.length > 0) this.blocks.push(asEmbed({ type: "paragraph", children }));
      }
    }
  }

  /** Ends the text and gives what was gathered. */
  end(): RootContent[] {
    this.flush();
    return this.blocks;
  }
}

/** White space as HTML sees it becomes one blank; a no-break space stays only between words. */
function collapseBlanks(line: string): string {
  return line.replace(/[ \t\n\r\f\u00a0]+/g, (blanks) => (blanks === "\u00a0" ? blanks : " "));
}

const isBlank = (leaf: Leaf): boolean => leaf.node.type === "text" && /^[\s\u00a0\u200b\ufeff]*$/.test(leaf.node.value);
const isBreak = (leaf: Leaf): boolean => leaf.node.type === "break";

/** Two <br> in a row are how people made paragraphs. A line end beside a <br> adds nothing to it. */
function splitAtDoubleBreaks(run: Leaf[]): Leaf[][] {
  const parts: Leaf[][] = [[]];
  let hard = 0;
  let pending: Leaf[] = [];
  for (const leaf of run) {
    if (isBreak(leaf)) {
      pending.push(leaf);
      if (!leaf.soft) hard += 1;
    } else if (pending.length > 0 && isBlank(leaf)) {
      pending.push(leaf);
    } else {
      const first = pending.find(isBreak);
      if (hard > 1) parts.push([]);
      else if (first) parts.at(-1)?.push(first);
      pending = [];
      hard = 0;
      parts.at(-1)?.push(leaf);
    }
  }
  return parts;
}

/** A picture at the edge of a paragraph, or on a line of its own, becomes a paragraph of its own, together with its neighbours. */
function splitAtPictures(run: Leaf[]): Leaf[][] {
  if (!run.some((leaf) => leaf.picture)) return [run];
  const edge = (leaf: Leaf | undefined) => leaf === undefined || isBreak(leaf) || leaf.picture === true;
  const seen = run.filter((leaf) => !isBlank(leaf));
  const alone = new Set<Leaf>();
  seen.forEach((leaf, index) => {
    if (leaf.picture && (edge(seen[index - 1]) || edge(seen[index + 1]))) alone.add(leaf);
  });
  const parts: Leaf[][] = [];
  let pictures: boolean | null = null;
  for (const leaf of run) {
    const neutral: boolean = isBlank(leaf) || (pictures === true && isBreak(leaf));
    const kind: boolean | null = neutral ? pictures : alone.has(leaf);
    if (pictures === null || kind !== pictures) parts.push([]);
    pictures = kind ?? false;
    parts.at(-1)?.push(leaf);
  }
  return parts;
}

/** Several pictures and nothing else: the breaks between them mean nothing. */
function row(pictures: Leaf[]): Leaf[] {
  const blank: Leaf = { node: { type: "text", value: " " }, marks: [] };
  return pictures.filter((leaf) => leaf.node.type === "image").flatMap((leaf) => [leaf, blank]);
}

/** Nests marks around the leaves; blanks at the edge of a mark are moved out of it, so that Markdown reads them. */
export function phrasing(run: readonly Leaf[]): PhrasingContent[] {
  return nest(tidy(run), []);
}

function tidy(run: readonly Leaf[]): Leaf[] {
  const pieces: Leaf[] = [];
  for (const leaf of run) {
    if (leaf.node.type !== "text") {
      while (isBreak(leaf) && pieces.at(-1) && isBlank(pieces.at(-1) ?? leaf)) pieces.pop();
      pieces.push(leaf);
      continue;
    }
    for (const value of leaf.node.value.match(/[ \u00a0]+|[^ \u00a0](?:[\s\S]*[^ \u00a0])?/g) ?? []) {
      const piece: Leaf = { ...leaf, node: { type: "text", value } };
      const last = pieces.at(-1);
      if (isBlank(piece) && (last === undefined || isBlank(last) || isBreak(last))) continue;
      pieces.push(piece);
    }
  }
  const ends = (leaf: Leaf | undefined) => leaf !== undefined && (isBlank(leaf) || isBreak(leaf));
  while (ends(pieces.at(-1))) pieces.pop();
  let first = 0;
  while (ends(pieces[first])) first += 1;
  return withBlanksOutside(readableScripts(pieces.slice(first)));
}

/** A blank or break is marked only by what marks both its neighbours. */
function withBlanksOutside(leaves: readonly Leaf[]): Leaf[] {
  const result = [...leaves];
  let after: readonly Mark[] = [];
  for (let index = result.length - 1; index >= 0; index -= 1) {
    const leaf = result[index];
    if (!leaf) continue;
    if (!isBlank(leaf) && !isBreak(leaf)) {
      after = leaf.marks;
      continue;
    }
    const before = leaves[index - 1]?.marks ?? [];
    result[index] = { ...leaf, marks: before.filter((mark) => after.some((other) => same(mark, other))) };
  }
  return result;
}

/** A low letter must hang on something, and its sign must not run into another one: else it is an ordinary letter. */
function readableScripts(leaves: readonly Leaf[]): Leaf[] {
  const struck = (leaf: Leaf | undefined) => leaf?.marks.some((mark) => mark.type === "delete") === true;
  return leaves.map((leaf, index) => {
    if (leaf.node.type !== "subscript") return leaf;
    const before = leaves[index - 1];
    const after = leaves[index + 1];
    const hangs = before !== undefined && !isBlank(before) && !isBreak(before) && before.node.type !== "subscript";
    const clear = !struck(before) && !struck(leaf) && !struck(after) && !endsWithTilde(before);
    return hangs && clear ? leaf : { ...leaf, node: { type: "text", value: leaf.node.value } };
  });
}

const endsWithTilde = (leaf: Leaf | undefined): boolean => leaf?.node.type === "text" && leaf.node.value.endsWith("~");

function same(a: Mark, b: Mark): boolean {
  return a === b || (a.type === b.type && a.type !== "link");
}

/** @param outer the marks that are already open around these leaves */
function nest(leaves: readonly Leaf[], outer: readonly Mark[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (let index = 0; index < leaves.length; ) {
    const leaf = leaves[index];
    if (!leaf) break;
    const open = leaf.marks.filter((mark) => !outer.some((other) => same(mark, other)));
    // The mark that reaches furthest stands outside, so that none is cut in two.
    const reaching = open.map((mark) => ({ mark, end: endOf(leaves, index, mark) })).sort((a, b) => b.end - a.end);
    const [first] = reaching;
    if (!first) {
      const last = result.at(-1);
      if (leaf.node.type === "text" && last?.type === "text") last.value += leaf.node.value;
      else result.push({ ...leaf.node });
      index += 1;
      continue;
    }
    const { mark, end } = first;
    const children = nest(leaves.slice(index, end), [...outer, mark]);
    if (mark.type === "link") result.push({ type: "link", url: mark.url, title: mark.title, children });
    else result.push({ type: mark.type, children });
    index = end;
  }
  return result;
}

function endOf(leaves: readonly Leaf[], from: number, mark: Mark): number {
  let end = from + 1;
  while (leaves[end]?.marks.some((other) => same(mark, other))) end += 1;
  return end;
}

/** An address alone in a paragraph is how WordPress embeds a film or a tweet; here it is a link that says what it is. */
function asEmbed(paragraph: Paragraph): Paragraph {
  const [only] = paragraph.children;
  if (paragraph.children.length !== 1 || only?.type !== "link") return paragraph;
  const [words] = only.children;
  if (only.children.length === 1 && words?.type === "text" && words.value === only.url)
    words.value = embedLabel(only.url);
  return paragraph;
}
