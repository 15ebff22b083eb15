// People as the admin sees them: found, given powers, kept out.
import type { Role } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

export interface ListedPerson {
  id: number;
  handle: string;
  displayName: string;
  roles: Role[];
  createdAt: Date;
  suspendedAt: Date | null;
  /** Has a way to log in; people of imports and of the first-run site have none. */
  canLogIn: boolean;
  /** Browsers logged in now. */
  sessions: number;
}

const personColumns = Prisma.sql`
  u.id, u.handle, u.display_name AS "displayName", u.roles::text[] AS roles, u.created_at AS "createdAt",
  u.suspended_at AS "suspendedAt", u.email IS NOT NULL AS "canLogIn",
  (SELECT count(*)::int FROM sessions s WHERE s.user_id = u.id AND s.idle_until > now() AND s.ends_at > now()) AS sessions`;

/** Text for LIKE, with nothing in it that LIKE reads as a pattern. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** People whose handle or address begins with `search`, or whose name contains it, newest first; older than id `before`. */
export function listPeople(
  db: Transaction,
  wish: { search: string; before?: number; role?: Role },
): Promise<ListedPerson[]> {
  const search = literal(wish.search.toLowerCase());
  const found =
    search === ""
      ? Prisma.empty
      : Prisma.sql`AND (u.handle LIKE ${`${search}%`} OR u.email LIKE ${`${search}%`} OR lower(u.display_name) LIKE ${`%${search}%`})`;
  const role = wish.role ? Prisma.sql`AND ${wish.role}::role = ANY(u.roles)` : Prisma.empty;
  return db.$queryRaw<ListedPerson[]>`
    SELECT ${personColumns} FROM users u
    WHERE u.deleted_at IS NULL AND u.id < ${wish.before ?? 2_147_483_647}::bigint ${found} ${role}
    ORDER BY u.id DESC LIMIT ${limits.peoplePerPage + 1}`;
}

/** One person, locked until the transaction ends; null when there is none. */
export async function lockPerson(db: Transaction, id: number): Promise<ListedPerson | null> {
  const rows = await db.$queryRaw<ListedPerson[]>`
    SELECT ${personColumns} FROM users u WHERE u.id = ${id}::bigint AND u.deleted_at IS NULL FOR NO KEY UPDATE OF u`;
  return rows[0] ?? null;
}

/** Somebody who can administer the site: has the power and a way to log in, and is not kept out. */
const isAdmin = Prisma.sql`'ADMIN' = ANY(roles) AND email IS NOT NULL AND suspended_at IS NULL AND deleted_at IS NULL`;

/**
 * Everybody who can administer the site, locked until the transaction ends and always in the same order: two who act on each other wait,
 * and the second one sees what the first one did. `stays`: is not about to leave, and nobody can show that their address is another's.
 */
export function lockAdmins(db: Transaction): Promise<{ id: number; stays: boolean }[]> {
  return db.$queryRaw<{ id: number; stays: boolean }[]>`
    SELECT id, leaving_at IS NULL AND email_verified_at IS NOT NULL AS stays FROM users
    WHERE ${isAdmin} ORDER BY id FOR NO KEY UPDATE`;
}

/** The handles of everybody who can administer the site. */
export async function adminHandles(db: Transaction): Promise<string[]> {
  const rows = await db.$queryRaw<{ handle: string }[]>`SELECT handle FROM users WHERE ${isAdmin} ORDER BY id`;
  return rows.map(({ handle }) => handle);
}

/** Whether anybody can administer the site. */
export async function someAdmin(db: Transaction): Promise<boolean> {
  const rows = await db.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT 1 FROM users WHERE ${isAdmin}) AS found`;
  return rows[0]?.found ?? false;
}

/** Gives a person exactly these roles. */
export async function writeRoles(
  db: Transaction,
  _permit: Permit<"people.setRoles">,
  change: { id: number; roles: readonly Role[] },
): Promise<void> {
  await db.user.update({ where: { id: change.id }, data: { roles: [...change.roles] }, select: { id: true } });
}

/** Keeps a person out, or lets them in again. */
export async function writeSuspension(
  db: Transaction,
  _permit: Permit<"people.suspend">,
  change: { id: number; suspended: boolean },
): Promise<void> {
  const suspendedAt = change.suspended ? new Date() : null;
  await db.user.update({ where: { id: change.id }, data: { suspendedAt }, select: { id: true } });
}
