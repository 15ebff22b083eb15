// Puts the comments of an import in the order in which they get their places: parents before their replies, otherwise by date.
import { limits } from "@/lib/domain/limits";

export interface FoundComment {
  id: string;
  /** "0" or "" for a top-level one. */
  parentId: string;
  date: Date | null;
  status: "PUBLISHED" | "PENDING";
}

export interface Branch<T extends FoundComment> {
  comment: T;
  status: "PUBLISHED" | "PENDING";
  /** The comment it hangs on: its parent, or the nearest one above that readers can see. */
  parentId: string | null;
  /** When it was said, never before what it answers and never in the future. */
  at: Date;
  /** What had to be changed, for the report. */
  note: string | null;
}

/**
 * @param now no comment is later
 * @returns every comment once, each after its parent. Linear but for sorting, whatever the parents say: circles are cut open.
 */
export function branchesOf<T extends FoundComment>(comments: readonly T[], now: Date): Branch<T>[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const placed = new Map<T, { branch: Branch<T>; depth: number; order: number }>();
  const place = (comment: T, order: number) => {
    const given = comment.parentId === "0" || comment.parentId === "" ? null : comment.parentId;
    const above = given === null ? undefined : byId.get(given);
    const parent = above && nearest(above, (one) => placed.get(one), byId);
    const own = comment.date && comment.date < now ? comment.date : now;
    const at = parent && parent.branch.at > own ? parent.branch.at : own;
    const parentId = parent?.branch.comment.id ?? null;
    const branch = {
      comment,
      status: comment.status,
      parentId,
      at,
      note: noteOf(given, parentId, above !== undefined),
    };
    placed.set(comment, { branch, depth: parent ? parent.depth + 1 : 0, order });
  };
  let order = 0;
  for (const comment of byId.values()) {
    // Up to the first one that has its place, then down again; a circle ends where it comes back to itself.
    const waiting: T[] = [];
    const seen = new Set<T>();
    for (
      let next: T | undefined = comment;
      next && !placed.has(next) && !seen.has(next);
      next = byId.get(next.parentId)
    ) {
      seen.add(next);
      waiting.push(next);
    }
    for (const one of waiting.reverse()) place(one, order++);
  }
  return [...placed.values()]
    .sort((a, b) => a.branch.at.getTime() - b.branch.at.getTime() || a.depth - b.depth || a.order - b.order)
    .map(({ branch }) => branch);
}

type Placed<T extends FoundComment> = { branch: Branch<T>; depth: number };

/** The nearest comment above that readers see and that is not too deep to be answered. */
function nearest<T extends FoundComment>(
  start: T,
  placedOf: (comment: T) => Placed<T> | undefined,
  byId: ReadonlyMap<string, T>,
): Placed<T> | undefined {
  let found = placedOf(start);
  while (found && (found.branch.status !== "PUBLISHED" || found.depth >= limits.threadDepth)) {
    const above: T | undefined = found.branch.parentId === null ? undefined : byId.get(found.branch.parentId);
    found = above && placedOf(above);
  }
  return found;
}

function noteOf(given: string | null, kept: string | null, known: boolean): string | null {
  if (given === kept) return null;
  if (!known) return "what it answers did not come over: it stands on its own";
  return kept === null
    ? "what it answers cannot be seen: it stands on its own"
    : "what it answers cannot be seen: it stands under the next comment above";
}
