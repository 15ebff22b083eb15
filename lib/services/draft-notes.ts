// Private notes on a draft: about the whole or at a line, which is found again by what it says while the text goes on changing.
import { userIdOf } from "@/lib/domain/actor";
import type { PersonLink } from "@/lib/domain/article";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { database, inTransaction } from "@/lib/store/client";
import { countNotes, insertNote, notesOf, revisionOfNote, settleNote } from "@/lib/store/draft-notes";
import { readRevisionInHand } from "@/lib/store/revision-states";
import { lineFinder, quoteOfLine } from "@/lib/text/find-line";

export interface DraftNoteView {
  id: number;
  /** Where it stands in the text now; null: about the whole, or lost. */
  line: number | null;
  /** What the line said when the note was written; "" for a note about the whole. */
  quote: string;
  /** The line it was written at is there no more. */
  lost: boolean;
  body: string;
  author: PersonLink;
  createdAt: Date;
  resolvedAt: Date | null;
  resolvedBy: PersonLink | null;
}

/** The notes on a revision, each at the line where it stands in `body` now. Whoever asks has been let in to the draft. */
export async function notesIn(body: string, revisionId: number): Promise<DraftNoteView[]> {
  const rows = await notesOf(database(), revisionId);
  const find = lineFinder(body);
  return rows.map((row) => {
    const line = row.line === null ? null : find({ line: row.line, quote: row.quote });
    return { ...row, line, lost: row.line !== null && line === null };
  });
}

/**
 * Writes a note on a draft.
 * @param input.line from 1; null: about the whole
 * @throws DomainError `not_found`, `forbidden`, `invalid` on `body` or `line`, `closed` when there are too many
 */
export async function addNote(
  ctx: Context,
  input: { revisionId: number; line: number | null; body: string },
): Promise<{ id: number; articleId: number }> {
  return inTransaction(async (tx) => {
    const revision = await readRevisionInHand(tx, input.revisionId);
    if (!revision) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "draft.note", { writers: revision.writers });
    const authorId = userIdOf(ctx.actor);
    if (authorId === null) throw new DomainError("unauthenticated");
    const quote = input.line === null ? "" : quoteOfLine(revision.body, input.line);
    if (input.line !== null && quote === "") {
      throw new DomainError("invalid", { fields: { line: "note.no_such_line" } });
    }
    const { revisionId, line, body } = input;
    if ((await countNotes(tx, revisionId)) >= limits.draftNotes) {
      throw new DomainError("closed", { reason: "note.too_many" });
    }
    const { id } = await insertNote(tx, permit, { revisionId, line, quote, body, authorId });
    return { id, articleId: revision.articleId };
  });
}

/**
 * Settles a note, or opens it again.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function settle(
  ctx: Context,
  input: { noteId: number; settled: boolean },
): Promise<{ revisionId: number; articleId: number }> {
  return inTransaction(async (tx) => {
    const revisionId = await revisionOfNote(tx, input.noteId);
    const revision = revisionId === null ? null : await readRevisionInHand(tx, revisionId);
    if (!revision) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "draft.note", { writers: revision.writers });
    const by = userIdOf(ctx.actor);
    if (by === null) throw new DomainError("unauthenticated");
    await settleNote(tx, permit, { id: input.noteId, by: input.settled ? by : null });
    return { revisionId: revision.id, articleId: revision.articleId };
  });
}
