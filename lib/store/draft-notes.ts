// Private notes on a draft, for those who write and review it.
import type { PersonLink } from "@/lib/domain/article";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

type NotePermit = Permit<"draft.note">;

/** A member, or somebody who came by a shared link. */
export type NoteAuthor = { authorId: number } | { guestName: string };

export interface DraftNoteRow {
  id: number;
  line: number | null;
  /** The line's text when the note was written. */
  quote: string;
  body: string;
  author: PersonLink;
  createdAt: Date;
  resolvedAt: Date | null;
  resolvedBy: PersonLink | null;
}

const person = { select: { displayName: true, handle: true, deletedAt: true } } as const;

function linkOf(user: { displayName: string; handle: string; deletedAt: Date | null }): PersonLink {
  return { name: user.displayName, handle: user.deletedAt === null ? user.handle : null };
}

/** The notes on a revision, oldest first. */
export async function notesOf(db: Transaction, revisionId: number): Promise<DraftNoteRow[]> {
  const rows = await db.draftNote.findMany({
    where: { revisionId },
    select: {
      ...{ id: true, line: true, quote: true, body: true, guestName: true, createdAt: true, resolvedAt: true },
      author: person,
      resolvedBy: person,
    },
    orderBy: { id: "asc" },
  });
  return rows.map(({ author, guestName, resolvedBy, ...note }) => ({
    ...note,
    // Marked, so that nobody who came by a link passes for a member of the same name.
    author: author ? linkOf(author) : { name: `${guestName} (guest)`, handle: null },
    resolvedBy: resolvedBy && linkOf(resolvedBy),
  }));
}

/** How many notes a revision has. */
export function countNotes(db: Transaction, revisionId: number): Promise<number> {
  return db.draftNote.count({ where: { revisionId } });
}

/** Writes a note. */
export async function insertNote(
  db: Transaction,
  _permit: NotePermit,
  note: { revisionId: number; line: number | null; quote: string; body: string } & NoteAuthor,
): Promise<{ id: number }> {
  return db.draftNote.create({ data: note, select: { id: true } });
}

/** The revision that a note stands on; null when there is no such note. */
export async function revisionOfNote(db: Transaction, id: number): Promise<number | null> {
  const row = await db.draftNote.findUnique({ where: { id }, select: { revisionId: true } });
  return row?.revisionId ?? null;
}

/** Marks a note as settled, or as open again. A note that is so already stays as it is. */
export async function settleNote(
  db: Transaction,
  _permit: NotePermit,
  change: { id: number; by: number | null },
): Promise<void> {
  const { id, by } = change;
  await db.draftNote.updateMany({
    where: { id, resolvedAt: by === null ? { not: null } : null },
    data: { resolvedAt: by === null ? null : new Date(), resolvedById: by },
  });
}
