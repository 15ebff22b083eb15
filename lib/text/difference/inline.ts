// The words of one block, old and new, as one line of HTML with <ins> and <del>. An element that begins inside a change ends
// inside it, whatever the marks around the words were.
import { type Budget, editScript } from "@/lib/text/difference/edit-script";
import { closeTag, type Inline, inlineWeight, markKey, openTag, type Tag } from "@/lib/text/difference/tree";
import { escapeHtml } from "@/lib/text/safe-html";

export type Change = "added" | "removed";
export const changeTags: Record<Change, Tag> = {
  added: { name: "ins", attributes: {} },
  removed: { name: "del", attributes: {} },
};

/** A stretch of words of one kind, and what must be said about them that cannot be seen. */
interface Stretch {
  change: Change | null;
  words: readonly Inline[];
  /** HTML. */
  notes?: readonly string[];
}

/** All words of a block, added, removed or as they were. */
export function unchangedInline(words: readonly Inline[], change: Change | null, usedIds: Set<string>): string {
  return print([{ change, words }], usedIds);
}

/** What changed from the old words of a block to the new ones. */
export function inlineDifference(
  [a, b]: readonly [readonly Inline[], readonly Inline[]],
  budget: Budget,
  usedIds: Set<string>,
): string {
  // The weight of a token is asked for by its key, which is all that the comparison sees.
  const weights = new Map([...a, ...b].map((one) => [one.key, inlineWeight(one)]));
  const runs = editScript([a.map((one) => one.key), b.map((one) => one.key)], budget, (key) => weights.get(key) ?? 0);
  if (!runs) return print([...replaced(a, b)], usedIds);
  const stretches = runs.flatMap(({ kind, fromA, toA, fromB, toB }) => {
    const now = b.slice(fromB, toB);
    return kind === "same" ? [{ change: null, words: now }] : replaced(a.slice(fromA, toA), now);
  });
  return print(stretches, usedIds);
}

function replaced(before: readonly Inline[], now: readonly Inline[]): Stretch[] {
  const notes = [...linkNotes(before, now), ...pictureNotes(before, now)];
  // The same words and pictures: only what a link leads to or what a picture is said to show has changed.
  if (notes.length > 0 && bare(before) === bare(now)) return [{ change: null, words: now, notes }];
  const stretches: Stretch[] = [];
  if (before.length > 0) stretches.push({ change: "removed", words: before });
  if (now.length > 0) stretches.push({ change: "added", words: now });
  const last = stretches.at(-1);
  if (last) last.notes = notes;
  return stretches;
}

/** The words without where links lead and how pictures are described. */
function bare(words: readonly Inline[]): string {
  const looks = (mark: Tag) => (mark.name === "a" ? "<a>" : markKey(mark));
  return words
    .map(({ text, marks, atom }) => `${marks.map(looks).join("")}${atom ? (atom.attributes.src ?? atom.name) : text}`)
    .join("\0");
}

/** A sentence beside the text about something that cannot be seen in it. */
export function note(about: string, before: string, now: string): string {
  const parts = [before && `<del>${escapeHtml(before)}</del>`, now && `<ins>${escapeHtml(now)}</ins>`].filter(Boolean);
  return `<span class="change-note">${escapeHtml(about)}: ${parts.join(" ")}</span>`;
}

function linkNotes(before: readonly Inline[], now: readonly Inline[]): string[] {
  const old = linksAmong(before);
  return [...linksAmong(now)].flatMap(([text, href]) => {
    const was = old.get(text);
    return was === undefined || was === href || href.startsWith("#") ? [] : [note("Link address", was, href)];
  });
}

/** Link text → address. */
function linksAmong(words: readonly Inline[]): Map<string, string> {
  const texts = new Map<Tag, string>();
  for (const { text, marks } of words) {
    const link = marks.find((mark) => mark.name === "a");
    if (link) texts.set(link, (texts.get(link) ?? "") + text);
  }
  return new Map([...texts].map(([link, text]) => [text.trim(), link.attributes.href ?? ""]));
}

function pictureNotes(before: readonly Inline[], now: readonly Inline[]): string[] {
  const old = new Map(before.flatMap(({ atom }) => (atom?.name === "img" ? [[atom.attributes.src, atom]] : [])));
  return now.flatMap(({ atom }) => {
    const was = atom?.name === "img" ? old.get(atom.attributes.src)?.attributes.alt : undefined;
    const is = atom?.attributes.alt ?? "";
    return was === undefined || was === is ? [] : [note("Image description", was, is)];
  });
}

interface Open {
  key: string;
  tag: Tag;
}

function print(stretches: readonly Stretch[], usedIds: Set<string>): string {
  let html = "";
  let open: Open[] = [];
  const turnTo = (wanted: Open[]) => {
    let common = 0;
    while (common < open.length && open[common]?.key === wanted[common]?.key) common++;
    for (const { tag } of open.slice(common).reverse()) html += closeTag(tag);
    for (const { tag } of wanted.slice(common)) html += openTag(tag);
    open = [...open.slice(0, common), ...wanted.slice(common)];
  };
  stretches.forEach(({ change, words, notes = [] }, index) => {
    // The mark of the change stands inside what all its words share, and around everything else.
    const shared = change ? sharedMarks(words) : 0;
    for (const { marks, text, atom } of words) {
      const wanted = marks.map((tag) => ({ key: printedKey(tag), tag: withFirstId(tag, change, usedIds, open) }));
      if (change) wanted.splice(shared, 0, { key: `${change} ${index}`, tag: changeTags[change] });
      turnTo(wanted);
      html += atom ? openTag(withFirstId(atom, change, usedIds, [])) : escapeHtml(text);
    }
    if (notes.length > 0) {
      turnTo([]);
      html += ` ${notes.join(" ")}`;
    }
  });
  turnTo([]);
  return html;
}

function printedKey({ name, attributes: { id: _id, ...attributes } }: Tag): string {
  return openTag({ name, attributes });
}

/** An id stands once on a page, and on what is there now; an element that is open already has had its own. */
function withFirstId(tag: Tag, change: Change | null, usedIds: Set<string>, open: readonly Open[]): Tag {
  const { id, ...attributes } = tag.attributes;
  if (id === undefined) return tag;
  if (change === "removed" || usedIds.has(id)) return { name: tag.name, attributes };
  if (!open.some(({ key }) => key === printedKey(tag))) usedIds.add(id);
  return tag;
}

function sharedMarks(words: readonly Inline[]): number {
  const [first, ...others] = words;
  if (!first) return 0;
  let shared = first.marks.length;
  for (const { marks } of others) {
    let common = 0;
    while (common < shared && common < marks.length) {
      const [mine, theirs] = [first.marks[common], marks[common]];
      if (!mine || !theirs || printedKey(mine) !== printedKey(theirs)) break;
      common++;
    }
    shared = common;
  }
  return shared;
}
