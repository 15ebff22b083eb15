// The queue for a moderator: a page of it with everything that one needs to decide, in a fixed number of questions to the database.
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import {
  type CommentTab,
  type PersonHistory,
  parsePersonKey,
  type QueueCounts,
  type QueueItem,
} from "@/lib/domain/moderation-queue";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { peopleHistory } from "@/lib/services/people-history";
import { toQueueItem } from "@/lib/services/queue-item";
import { database, type Transaction } from "@/lib/store/client";
import { answeredBy, decisionsAbout, reportsAbout } from "@/lib/store/moderation-context";
import { type UndoableLine, undoableLines } from "@/lib/store/moderation-log";
import {
  type QueuePlace,
  type QueueRow,
  queueCounts,
  queueItem,
  queuePage,
  queueTexts,
} from "@/lib/store/moderation-queue";
import { claimsOn } from "@/lib/store/queue-claims";
import { findPerson } from "@/lib/store/users";
import { areAlike, runsOf } from "@/lib/text/likeness";

export interface ReadQueue {
  tab: CommentTab;
  /** Where the page before ended, as `next` said. */
  after?: string;
  /** An item to be shown whether or not it is on this page, or still in the queue. */
  open?: string;
  /** Only one person's: a handle, or "guest-33". */
  by?: string;
  /** Only what has nearly the same text as this comment. */
  like?: string;
}

export interface QueueView {
  tab: CommentTab;
  counts: QueueCounts;
  items: QueueItem[];
  /** By key. */
  people: Record<string, PersonHistory>;
  /** What was asked for, where it is not among the items; null when there is none such. */
  apart: QueueItem | null;
  /** For the next page. */
  next: string | null;
  /** What this moderator can take back, newest first. */
  undoable: { action: number; kind: string; id: string; authorName: string; opening: string }[];
}

/**
 * A page of the queue.
 * @throws DomainError `forbidden`
 */
export async function readQueue(ctx: Context, input: ReadQueue): Promise<QueueView> {
  authorize(ctx.actor, "moderation.enter");
  const db = database();
  const me = userIdOf(ctx.actor) ?? 0;
  const [by, ids] = await Promise.all([
    input.by === undefined ? undefined : idsOfPerson(db, input.by),
    input.like === undefined ? undefined : idsLike(db, { tab: input.tab, id: input.like }),
  ]);
  const [rows, open, counts, undoable] = await Promise.all([
    queuePage(db, { tab: input.tab, after: parsePlace(input.after), by, ids, limit: limits.queuePage + 1 }),
    input.open === undefined ? null : queueItem(db, input.open),
    queueCounts(db),
    undoableLines(db, { actorId: me, limit: limits.verdictsUndone }),
  ]);
  const shown = rows.slice(0, limits.queuePage);
  const apart = open && !shown.some(({ id }) => id === open.id) ? open : null;
  const { items, people } = await withContext(ctx, db, apart ? [...shown, apart] : shown);
  const last = shown.at(-1);
  return {
    tab: input.tab,
    counts,
    items: items.slice(0, shown.length),
    people,
    apart: apart ? (items.at(-1) ?? null) : null,
    next: rows.length > shown.length && last ? printPlace({ at: last.since, id: last.id }) : null,
    undoable: undoable.map(toUndoable),
  };
}

/** How much each tab holds; null for who is no moderator. */
export async function countQueue(ctx: Context): Promise<QueueCounts | null> {
  return can(ctx.actor, "moderation.enter") ? queueCounts(database()) : null;
}

/** The rows as items, with what belongs to them: seven questions, however many they are. */
async function withContext(
  ctx: Context,
  db: Transaction,
  rows: readonly QueueRow[],
): Promise<{ items: QueueItem[]; people: Record<string, PersonHistory> }> {
  const ids = rows.map(({ id }) => id);
  const [answered, reports, decisions, claims, people] = await Promise.all([
    answeredBy(db, ids),
    reportsAbout(db, ids),
    decisionsAbout(db, ids),
    claimsOn(db, { ids, notBy: userIdOf(ctx.actor) ?? 0 }),
    peopleHistory(db, rows),
  ]);
  const items = rows.map((row) => {
    const own = !can(ctx.actor, "comment.moderate", row);
    return toQueueItem(row, {
      own,
      answers: answered.filter(({ of }) => of === row.id),
      reports: reports.filter(({ commentId }) => commentId === row.id),
      decisions: decisions.filter(({ commentId }) => commentId === row.id),
      claimedBy: claims.find(({ commentId }) => commentId === row.id)?.name ?? null,
    });
  });
  return { items, people: Object.fromEntries(people.map((person) => [person.key, person])) };
}

/** @throws DomainError `not_found` */
async function idsOfPerson(db: Transaction, key: string): Promise<{ userId: number | null; visitorId: number | null }> {
  const who = parsePersonKey(key);
  if (who && "visitorId" in who) return { userId: null, visitorId: who.visitorId };
  const member = who ? await findPerson(db, who.handle) : null;
  if (!member) throw new DomainError("not_found");
  return { userId: member.id, visitorId: null };
}

/** The items of a tab whose text is nearly that of a comment; the comment itself among them. */
async function idsLike(db: Transaction, wish: { tab: CommentTab; id: string }): Promise<bigint[]> {
  const [model, texts] = await Promise.all([queueItem(db, wish.id), queueTexts(db, wish.tab)]);
  if (!model) return [];
  const runs = runsOf(model.body.slice(0, 2_000));
  return texts.filter(({ id, body }) => id === model.id || areAlike(runs, runsOf(body))).map(({ id }) => id);
}

function toUndoable({ id, kind, commentId, authorName, opening }: UndoableLine) {
  return { action: id, kind, id: String(commentId), authorName, opening };
}

/** "1763884800000.17" */
function printPlace({ at, id }: QueuePlace): string {
  return `${at.getTime()}.${id}`;
}

function parsePlace(text: string | undefined): QueuePlace | null {
  const match = /^(\d{1,14})\.([1-9]\d{0,17})$/.exec(text ?? "");
  return match?.[2] ? { at: new Date(Number(match[1])), id: BigInt(match[2]) } : null;
}
