// A member on their way out: the wish to leave, and the day on which what was theirs goes or becomes nobody's.
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

export type LeavingMode = "DISOWN" | "DELETE";

export interface Leaving {
  /** When the account goes. */
  until: Date;
  mode: LeavingMode;
}

type RemovePermit = Permit<"account.remove">;

/** The wish of a member to leave; null when they have none. */
export async function findLeaving(db: Transaction, userId: number): Promise<Leaving | null> {
  const row = await db.user.findFirst({
    where: { id: userId, deletedAt: null },
    select: { leavingAt: true, leavingMode: true },
  });
  return row?.leavingAt && row.leavingMode ? { until: row.leavingAt, mode: row.leavingMode } : null;
}

/** Writes that a member leaves in so many days, by the database's clock. */
export async function writeLeaving(
  db: Transaction,
  _permit: Permit<"account.manage">,
  wish: { id: number; days: number; mode: LeavingMode },
): Promise<Leaving> {
  const rows = await db.$queryRaw<Leaving[]>`
    UPDATE users
    SET leaving_at = now() + ${wish.days} * interval '1 day', leaving_mode = ${wish.mode}::leaving_mode
    WHERE id = ${wish.id} RETURNING leaving_at AS until, leaving_mode AS mode`;
  const row = rows[0];
  if (!row) throw new Error("There is no such member.");
  return row;
}

/** Takes the wish back. Says whether there was one. */
export async function clearLeaving(
  db: Transaction,
  _permit: Permit<"account.manage"> | RemovePermit,
  id: number,
): Promise<boolean> {
  const { count } = await db.user.updateMany({
    where: { id, leavingAt: { not: null } },
    data: { leavingAt: null, leavingMode: null },
  });
  return count > 0;
}

export interface Leaver {
  id: number;
  handle: string;
  displayName: string;
  email: string | null;
  mode: LeavingMode;
}

/** The member whose day has come, locked until the transaction ends; null when it has not, or they stay after all. */
export async function lockLeaver(db: Transaction, userId: number): Promise<Leaver | null> {
  const rows = await db.$queryRaw<Leaver[]>`
    SELECT id, handle, display_name AS "displayName", email, leaving_mode AS mode FROM users
    WHERE id = ${userId} AND leaving_at <= now() AND deleted_at IS NULL FOR UPDATE`;
  return rows[0] ?? null;
}

/** The articles on which a member's name stands: as one of those who wrote them, or in the discussion. */
export async function articlesOf(db: Transaction, userId: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT t.article_id AS id FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.user_id = ${userId}
    UNION SELECT article_id FROM credits WHERE user_id = ${userId}`;
  return rows.map(({ id }) => id);
}

/** Empties every comment of a member for good, whatever became of it. Their places stay, so that replies keep theirs. */
export async function emptyCommentsOf(db: Transaction, _permit: RemovePermit, userId: number): Promise<void> {
  await db.$executeRaw`SELECT 1 FROM comments WHERE user_id = ${userId} ORDER BY id FOR UPDATE`;
  await db.$executeRaw`
    UPDATE threads t SET comment_count = comment_count - n.readable
    FROM (SELECT thread_id, count(*)::int AS readable FROM comments
          WHERE user_id = ${userId} AND status = 'PUBLISHED' GROUP BY thread_id) n
    WHERE t.id = n.thread_id`;
  await db.$executeRaw`
    DELETE FROM comment_revisions v USING comments c WHERE c.id = v.comment_id AND c.user_id = ${userId}`;
  await db.$executeRaw`
    UPDATE comments
    SET status = 'DELETED', body = '', html = '', body_hash = ''::bytea, pending_body = NULL, pending_html = NULL,
        edited_at = NULL, removal_reason = NULL, decided_at = now()
    WHERE user_id = ${userId} AND status <> 'DELETED'`;
}

/** Gives what a member said and reported to a visitor whom no browser can claim to be, under a name that is nobody's. */
export async function disown(
  db: Transaction,
  _permit: RemovePermit,
  change: { userId: number; visitorId: number; name: string },
): Promise<number> {
  const { userId, visitorId, name } = change;
  await db.$executeRaw`UPDATE reports SET visitor_id = ${visitorId}, user_id = NULL WHERE user_id = ${userId}`;
  await db.$executeRaw`UPDATE visitors SET user_id = NULL WHERE user_id = ${userId}`;
  return db.$executeRaw`
    UPDATE comments SET visitor_id = ${visitorId}, user_id = NULL, author_name = ${name}, name_chosen = false
    WHERE user_id = ${userId}`;
}

/**
 * Takes a member from the desk: nobody comes in by a link that they gave away, and where they asked for it, their private notes go. Texts
 * that they began, saved or decided about stay in the history of their articles, under nobody's name.
 */
export async function leaveDesk(
  db: Transaction,
  _permit: RemovePermit,
  leaver: { userId: number; notes: "keep" | "delete" },
): Promise<void> {
  const { userId } = leaver;
  await db.draftPresence.deleteMany({ where: { userId } });
  await db.$executeRaw`
    UPDATE draft_shares SET revoked_at = now() WHERE created_by_id = ${userId} AND revoked_at IS NULL`;
  if (leaver.notes === "delete") await db.draftNote.deleteMany({ where: { authorId: userId } });
}

/** Whatever opens the account or knows its member ends. */
export async function endAllWaysIn(db: Transaction, _permit: RemovePermit, userId: number): Promise<void> {
  const where = { userId };
  await db.session.deleteMany({ where });
  await db.knownDevice.deleteMany({ where });
  await db.providerAccount.deleteMany({ where });
  await db.oneTimeToken.deleteMany({ where });
  await db.accessToken.deleteMany({ where });
}

/** What stays of a member is a row that the record and their articles point to: no address, no name, nothing they said of themselves. */
export async function writeFormerMember(
  db: Transaction,
  _permit: RemovePermit,
  former: { id: number; handle: string; displayName: string; key: string },
): Promise<void> {
  const { id, handle, displayName, key } = former;
  await db.$executeRaw`UPDATE credits SET name = NULL WHERE user_id = ${id}`;
  await db.user.update({
    where: { id },
    data: {
      handle,
      displayName,
      nameKey: key,
      handleKey: key,
      roles: [],
      email: null,
      emailVerifiedAt: null,
      passwordHash: null,
      passwordFailures: 0,
      mailReplies: false,
      bio: "",
      bioHtml: "",
      leavingAt: null,
      leavingMode: null,
      deletedAt: new Date(),
    },
    select: { id: true },
  });
}
