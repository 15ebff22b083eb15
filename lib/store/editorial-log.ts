// The editorial record of articles: what was done with which revision, by whom and why. Lines are added in the transaction of what they
// record, and never changed.
import type { RevisionState } from "@/lib/domain/article-workflow";
import type { Credits } from "@/lib/domain/credits";
import type { EditorialKind } from "@/lib/domain/editorial-record";
import type { Transaction } from "@/lib/store/client";

export interface EditorialLine {
  kind: EditorialKind;
  articleId: number;
  revisionId: number | null;
  /** Null: the system, for what was scheduled. */
  actorId: number | null;
  from: RevisionState | null;
  to: RevisionState | null;
  /** A note with a submission, a reason for a decision. */
  reason?: string;
  /** What else a machine or a reader of the record needs; no texts of drafts, and of members only their ids. */
  detail?: Record<string, string | number | boolean | Credits>;
}

/** Adds a line. */
export async function logEditorialAction(db: Transaction, line: EditorialLine): Promise<void> {
  const { from, to, reason = "", detail = {}, ...about } = line;
  await db.editorialAction.create({
    data: { ...about, fromState: from, toState: to, reason, detail: JSON.parse(JSON.stringify(detail)) },
    select: { id: true },
  });
}

export interface RecordedAction {
  id: number;
  kind: EditorialKind;
  revisionId: number | null;
  /** The revision's number. */
  number: number | null;
  /** Null: the system. */
  actor: { name: string; handle: string | null } | null;
  from: RevisionState | null;
  to: RevisionState | null;
  reason: string;
  detail: unknown;
  createdAt: Date;
}

const told = {
  id: true,
  kind: true,
  revisionId: true,
  revision: { select: { number: true } },
  actor: { select: { displayName: true, handle: true, deletedAt: true } },
  fromState: true,
  toState: true,
  reason: true,
  detail: true,
  createdAt: true,
} as const;

/** The newest lines about an article, or only those about one of its revisions, newest first. */
export async function readEditorialRecord(
  db: Transaction,
  about: { articleId: number; revisionId?: number; limit: number },
): Promise<RecordedAction[]> {
  const rows = await db.editorialAction.findMany({
    where: { articleId: about.articleId, revisionId: about.revisionId },
    select: told,
    orderBy: { id: "desc" },
    take: about.limit,
  });
  return rows.map(({ revision, actor, fromState, toState, ...line }) => ({
    ...line,
    number: revision?.number ?? null,
    actor: actor && { name: actor.displayName, handle: actor.deletedAt === null ? actor.handle : null },
    from: fromState,
    to: toState,
  }));
}
