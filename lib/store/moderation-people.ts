// What moderators may know of the people whose comments they judge: counts, last comments, sanctions. Never an address.
import type { Role } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

/** Members and visitors, by their ids. */
export interface PeopleIds {
  userIds: readonly number[];
  visitorIds: readonly number[];
}

export interface PersonRow {
  userId: number | null;
  visitorId: number | null;
  handle: string | null;
  /** A member's. */
  name: string | null;
  roles: Role[];
  since: Date;
  suspended: boolean;
  /** Of their newest comments, at most `limits.historyCounted`. */
  published: number;
  pending: number;
  spam: number;
  removed: number;
  deleted: number;
}

const counts = Prisma.sql`
  count(*) FILTER (WHERE status = 'PUBLISHED')::int AS published, count(*) FILTER (WHERE status = 'PENDING')::int AS pending,
  count(*) FILTER (WHERE status = 'SPAM')::int AS spam, count(*) FILTER (WHERE status = 'REMOVED')::int AS removed,
  count(*) FILTER (WHERE status = 'DELETED')::int AS deleted`;

const newest = (whose: Prisma.Sql) => Prisma.sql`
  SELECT status FROM comments WHERE ${whose} ORDER BY created_at DESC LIMIT ${limits.historyCounted}`;

/** Who they are, and what became of what they wrote lately. */
export function peopleOf(db: Transaction, { userIds, visitorIds }: PeopleIds): Promise<PersonRow[]> {
  return db.$queryRaw<PersonRow[]>`
    SELECT u.id AS "userId", NULL::int AS "visitorId", u.handle, u.display_name AS name, u.roles::text[] AS roles,
           u.created_at AS since, u.suspended_at IS NOT NULL AS suspended, n.*
    FROM users u CROSS JOIN LATERAL (SELECT ${counts} FROM (${newest(Prisma.sql`user_id = u.id`)}) c) n
    WHERE u.id = ANY(${userIds})
    UNION ALL
    SELECT NULL, v.id, NULL, NULL, '{}'::text[], v.created_at, false, n.*
    FROM visitors v CROSS JOIN LATERAL (SELECT ${counts} FROM (${newest(Prisma.sql`visitor_id = v.id`)}) c) n
    WHERE v.id = ANY(${visitorIds})`;
}

export interface LastCommentRow {
  userId: number | null;
  visitorId: number | null;
  id: bigint;
  status: CommentStatus;
  removalReason: string | null;
  html: string;
  createdAt: Date;
}

const last = (whose: Prisma.Sql) => Prisma.sql`
  SELECT id, status, removal_reason AS "removalReason", left(html, 600) AS html, created_at AS "createdAt"
  FROM comments WHERE ${whose} ORDER BY created_at DESC LIMIT ${limits.historyShown}`;

/** The last comments of each person, newest first; of what its author deleted there is no text. */
export function lastCommentsOf(db: Transaction, { userIds, visitorIds }: PeopleIds): Promise<LastCommentRow[]> {
  return db.$queryRaw<LastCommentRow[]>`
    SELECT p.id AS "userId", NULL::int AS "visitorId", c.* FROM unnest(${userIds}::int[]) p(id)
    CROSS JOIN LATERAL (${last(Prisma.sql`user_id = p.id`)}) c
    UNION ALL
    SELECT NULL, p.id, c.* FROM unnest(${visitorIds}::int[]) p(id)
    CROSS JOIN LATERAL (${last(Prisma.sql`visitor_id = p.id`)}) c`;
}

export interface SanctionRow {
  id: number;
  userId: number | null;
  visitorId: number | null;
  kind: "NOTE" | "WARN" | "MUTE" | "PREMODERATE" | "BAN";
  reason: string;
  commentId: bigint | null;
  actorName: string | null;
  createdAt: Date;
  endsAt: Date | null;
  acknowledgedAt: Date | null;
  liftedAt: Date | null;
}

/** Sanctions and notes read with a page of people. */
const sanctionsAsked = 200;

/** Notes and sanctions, newest first. */
export function sanctionsOf(db: Transaction, { userIds, visitorIds }: PeopleIds): Promise<SanctionRow[]> {
  return db.$queryRaw<SanctionRow[]>`
    SELECT s.id, s.user_id AS "userId", s.visitor_id AS "visitorId", s.kind, s.reason, s.comment_id AS "commentId",
           u.display_name AS "actorName", s.created_at AS "createdAt", s.ends_at AS "endsAt",
           s.acknowledged_at AS "acknowledgedAt", s.lifted_at AS "liftedAt"
    FROM sanctions s LEFT JOIN users u ON u.id = s.actor_id
    WHERE s.user_id = ANY(${userIds}) OR s.visitor_id = ANY(${visitorIds})
    ORDER BY s.id DESC LIMIT ${sanctionsAsked}`;
}
