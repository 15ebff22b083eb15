// Handles that members had before: for a while they lead to their member, and nobody else can take them (R53).
import { limits } from "@/lib/domain/limits";
import type { Transaction } from "@/lib/store/client";

/** Keeps a handle that a member gives up. */
export async function holdHandle(db: Transaction, hold: { handle: string; userId: number }): Promise<void> {
  await db.$executeRaw`
    INSERT INTO handle_holds (handle, user_id, until)
    VALUES (${hold.handle}, ${hold.userId}, now() + ${limits.handleHoldDays} * interval '1 day')
    ON CONFLICT (handle) DO UPDATE SET user_id = excluded.user_id, until = excluded.until`;
}

/** A handle is somebody's again: it is held no more. */
export async function releaseHandle(db: Transaction, handle: string): Promise<void> {
  await db.handleHold.deleteMany({ where: { handle } });
}

/** Whether this handle is kept for this member. */
export async function isHeldFor(db: Transaction, handle: string, userId: number): Promise<boolean> {
  return (await heldHandles(db)).some((hold) => hold.handle === handle && hold.userId === userId);
}

/** Every handle that is held now. Few: a member makes at most one a week, and it lasts a season. */
export function heldHandles(db: Transaction): Promise<{ handle: string; userId: number }[]> {
  return db.$queryRaw<{ handle: string; userId: number }[]>`
    SELECT handle, user_id AS "userId" FROM handle_holds WHERE until > now()`;
}

/** The handle that the one who had this one has now; null when it leads nowhere. */
export async function handleNow(db: Transaction, formerHandle: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ handle: string }[]>`
    SELECT u.handle FROM handle_holds h JOIN users u ON u.id = h.user_id
    WHERE h.handle = ${formerHandle} AND h.until > now() AND u.deleted_at IS NULL`;
  return rows[0]?.handle ?? null;
}

/** Seconds since this member last gave a handle up; null when they have not, or long ago. */
export async function secondsSinceHandleChange(db: Transaction, userId: number): Promise<number | null> {
  const rows = await db.$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM now() - (until - ${limits.handleHoldDays} * interval '1 day'))::int AS seconds
    FROM handle_holds WHERE user_id = ${userId} ORDER BY until DESC LIMIT 1`;
  return rows[0]?.seconds ?? null;
}

/** Forgets holds that are over. */
export async function forgetEndedHolds(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM handle_holds WHERE until <= now()`;
}
