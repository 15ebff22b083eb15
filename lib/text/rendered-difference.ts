// Two rendered texts as one: blocks aligned, words inside them, with <ins> and <del>, readable and safe.
import { type Budget, editScript, newBudget } from "@/lib/text/difference/edit-script";
import { type Change, changeTags, inlineDifference, note, unchangedInline } from "@/lib/text/difference/inline";
import { pairsOf } from "@/lib/text/difference/likeness";
import { longestForWords } from "@/lib/text/difference/tokens";
import { type Block, blocksOf, closeTag, markKey, openTag, type Tag } from "@/lib/text/difference/tree";
import { asSafeHtml, type SafeHtml } from "@/lib/text/safe-html";

export interface RenderedDifference {
  html: SafeHtml;
  /** Places that changed: blocks added, removed or changed inside. 0: a reader sees no difference. */
  changes: number;
}

/**
 * What changed from `a` to `b`. Blocks carry the class `change-added`, `change-removed` or `change-inside`; words stand in
 * <ins> and <del>; what cannot be seen (where a link leads, what an image is said to show) is told in `.change-note`.
 * Takes apart only what lib/text has sanitised, and writes no element or attribute that was not in it. The cost is bounded: where it
 * ends, blocks are old and new.
 * @param wish.fold whether long stretches that stayed as they were are put into <details>
 * @returns null for texts of so many blocks, nearly all of them different, that nobody would read what changed
 */
export function renderedDifference(a: SafeHtml, b: SafeHtml, wish: { fold?: boolean } = {}): RenderedDifference | null {
  const work: Work = { budget: newBudget(), usedIds: new Set(), changes: 0 };
  const [before, now] = [blocksOf(a), blocksOf(b)];
  if (before.length + now.length > mostBlocks && !editScript(keysOf(before, now), { ...work.budget })) return null;
  const parts = blocksDifference(before, now, work);
  const html = wish.fold && work.changes > 0 ? folded(parts) : joined(parts);
  return { html: asSafeHtml(html), changes: work.changes };
}

/** A long article has three hundred. Of more than these, all old and all new, a page would be longer than both texts. */
const mostBlocks = 3_000;

const keysOf = (a: readonly Block[], b: readonly Block[]) =>
  [a.map((block) => block.key), b.map((block) => block.key)] as const;

/** One block of the answer. */
interface Part {
  html: string;
  changed: boolean;
}

function joined(parts: readonly Part[]): string {
  return parts.map((part) => part.html).join("");
}

/** Blocks that stand unfolded before and after a change. */
const blocksAround = 1;
/** Fewer are not worth a fold. */
const leastFolded = 3;

function folded(parts: readonly Part[]): string {
  const isNear = (index: number) =>
    parts.slice(Math.max(0, index - blocksAround), index + blocksAround + 1).some((part) => part.changed);
  let html = "";
  let far: Part[] = [];
  const endFar = () => {
    const inside = joined(far);
    html +=
      far.length < leastFolded
        ? inside
        : `<details class="unchanged"><summary>${far.length} parts unchanged</summary>${inside}</details>`;
    far = [];
  };
  parts.forEach((part, index) => {
    if (isNear(index)) {
      endFar();
      html += part.html;
    } else far.push(part);
  });
  endFar();
  return html;
}

interface Work {
  budget: Budget;
  usedIds: Set<string>;
  changes: number;
}

function blocksDifference(a: readonly Block[], b: readonly Block[], work: Work): Part[] {
  const runs = editScript(keysOf(a, b), work.budget);
  if (!runs) return [...a.map((one) => marked(one, "removed", work)), ...b.map((one) => marked(one, "added", work))];
  return runs.flatMap(({ kind, fromA, toA, fromB, toB }) => {
    const now = b.slice(fromB, toB);
    if (kind === "same") return now.map((block) => ({ html: whole(block, null, work), changed: false }));
    return changedBlocks(a.slice(fromA, toA), now, work);
  });
}

function changedBlocks(a: readonly Block[], b: readonly Block[], work: Work): Part[] {
  const parts: Part[] = [];
  let [atA, atB] = [0, 0];
  for (const [i, j] of [...pairsOf(a, b, work.budget), [a.length, b.length] as const]) {
    for (const block of a.slice(atA, i)) parts.push(marked(block, "removed", work));
    for (const block of b.slice(atB, j)) parts.push(marked(block, "added", work));
    const [before, now] = [a[i], b[j]];
    if (before && now) parts.push({ html: pair(before, now, work), changed: before.key !== now.key });
    [atA, atB] = [i + 1, j + 1];
  }
  return parts;
}

/** A block that became another. */
function pair(before: Block, now: Block, work: Work): string {
  if (before.key === now.key) return whole(now, null, work);
  const notes = blockNotes(before.tag, now.tag);
  if (before.leaf && now.leaf) {
    work.changes++;
    const isLong = before.leaf.length + now.leaf.length > longestForWords;
    const words = isLong
      ? unchangedInline(before.leaf.pieces(), "removed", work.usedIds) +
        unchangedInline(now.leaf.pieces(), "added", work.usedIds)
      : inlineDifference([before.leaf.words(), now.leaf.words()], work.budget, work.usedIds);
    return inElement(now.tag, "change-inside", work, [words, ...notes].join(" "));
  }
  if (before.leaf || now.leaf) {
    // A list item that got a list, or a cell that lost one: its words first, its blocks after them.
    return inElement(
      now.tag,
      null,
      work,
      notes.join("") + joined(blocksDifference(insideOf(before), insideOf(now), work)),
    );
  }
  const inside =
    now.tag?.name === "tr"
      ? cellsDifference(before, now, work)
      : joined(blocksDifference(before.children, now.children, work));
  if (notes.length > 0) work.changes++;
  const isList = now.tag?.name === "ul" || now.tag?.name === "ol";
  return isList
    ? notes.join("") + inElement(now.tag, null, work, inside)
    : inElement(now.tag, null, work, notes.join("") + inside);
}

function insideOf(block: Block): readonly Block[] {
  // Alike to words that stand loose in the other one.
  const key = block.key.slice(block.tag ? markKey(block.tag).length : 0);
  return block.leaf ? [{ ...block, tag: null, key }] : block.children;
}

/** The cells of a row stay in their columns. */
function cellsDifference(before: Block, now: Block, work: Work): string {
  return now.children
    .map((cell, column) => {
      const was = before.children[column];
      return was ? pair(was, cell, work) : marked(cell, "added", work).html;
    })
    .join("");
}

function marked(block: Block, change: Change, work: Work): Part {
  work.changes++;
  return { html: whole(block, change, work, `change-${change}`), changed: true };
}

/** A block and all in it, as it was or is. */
function whole(block: Block, change: Change | null, work: Work, className: string | null = null): string {
  if (block.tag?.name === "hr")
    return change ? `${openTag(changeTags[change])}<hr>${closeTag(changeTags[change])}` : "<hr>";
  const inside = block.leaf
    ? unchangedInline(block.leaf.pieces(), change, work.usedIds)
    : block.children.map((child) => whole(child, change, work)).join("");
  return inElement(block.tag, className, work, inside, change);
}

function inElement(
  tag: Tag | null,
  className: string | null,
  work: Work,
  inside: string,
  change: Change | null = null,
): string {
  if (!tag) return inside;
  const { id, ...attributes } = tag.attributes;
  const withId = id !== undefined && change !== "removed" && !work.usedIds.has(id);
  if (withId) work.usedIds.add(id);
  const classes = [attributes.class, className].filter(Boolean).join(" ");
  const written = { ...attributes, ...(withId && { id }), ...(classes && { class: classes }) };
  return `${openTag({ name: tag.name, attributes: written })}${inside}${closeTag(tag)}`;
}

/** What changed about the element itself and cannot be seen in its words. */
function blockNotes(before: Tag | null, now: Tag | null): string[] {
  if (!before || !now) return [];
  const notes: string[] = [];
  if (before.name !== now.name) notes.push(note(/^h/.test(now.name) ? "Heading level" : "List", ...names(before, now)));
  else if (now.name === "ol") {
    const [was, is] = [before.attributes.start ?? "1", now.attributes.start ?? "1"];
    if (was !== is) notes.push(note("Numbers from", was, is));
  } else if (now.name === "th" && before.attributes.align !== now.attributes.align) {
    notes.push(note("Alignment", before.attributes.align ?? "none", now.attributes.align ?? "none"));
  }
  return notes;
}

const shownNames: Record<string, string> = { ul: "with bullets", ol: "numbered" };

function names(before: Tag, now: Tag): [string, string] {
  const shown = ({ name }: Tag) => shownNames[name] ?? name.replace(/^h/, "");
  return [shown(before), shown(now)];
}
