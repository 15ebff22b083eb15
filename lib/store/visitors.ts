// People without an account: one row a browser, and the names they have in threads.
import { DomainError } from "@/lib/domain/errors";
import type { Transaction } from "@/lib/store/client";
import type { Questions } from "@/lib/store/plain-transaction";

/** The visitor whose cookie's token has this SHA-256; null when there is none. */
export async function findVisitor(db: Transaction, tokenHash: Uint8Array): Promise<{ id: number } | null> {
  return db.visitor.findUnique({ where: { tokenHash: Uint8Array.from(tokenHash) }, select: { id: true } });
}

/** Writes a visitor, or finds the one that a simultaneous request of the same browser has just written. */
export async function insertVisitor(db: Questions, tokenHash: Uint8Array): Promise<{ id: number }> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO visitors (token_hash) VALUES (${tokenHash})
    ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = now()
    RETURNING id`;
  const row = rows[0];
  if (!row) throw new DomainError("unavailable");
  return row;
}

/** Writes a visitor whom no browser can claim to be. */
export function insertAnonymousVisitor(db: Transaction): Promise<{ id: number }> {
  return db.visitor.create({ data: {}, select: { id: true } });
}

async function findPseudonym(db: Questions, who: { threadId: number; visitorId: number }): Promise<string | null> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM pseudonyms WHERE thread_id = ${who.threadId} AND visitor_id = ${who.visitorId}`;
  return rows[0]?.name ?? null;
}

/**
 * Writes a visitor as `insertVisitor` does, together with the name that they will have in a thread, if nobody there has it and they have
 * none yet; then it is null.
 */
export async function insertNamedVisitor(
  db: Questions,
  visitor: { tokenHash: Uint8Array; threadId: number; name: string },
): Promise<{ id: number; name: string | null }> {
  const rows = await db.$queryRaw<{ id: number; name: string | null }[]>`
    WITH visitor AS (
        INSERT INTO visitors (token_hash) VALUES (${visitor.tokenHash})
        ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = now()
        RETURNING id),
      taken AS (
        INSERT INTO pseudonyms (thread_id, visitor_id, name)
        SELECT ${visitor.threadId}::int, id, ${visitor.name}::text FROM visitor
        ON CONFLICT DO NOTHING RETURNING name)
    SELECT id, (SELECT name FROM taken) AS name FROM visitor`;
  const row = rows[0];
  if (!row) throw new DomainError("unavailable");
  return row;
}

/** The visitor's name in this thread: the one they have, else the first of `names` that nobody has. Null when all are taken. */
export async function takePseudonym(
  db: Questions,
  who: { threadId: number; visitorId: number },
  names: string[],
): Promise<string | null> {
  const { threadId, visitorId } = who;
  for (const name of names) {
    const rows = await db.$queryRaw<{ name: string }[]>`
      WITH theirs AS (SELECT name FROM pseudonyms WHERE thread_id = ${threadId} AND visitor_id = ${visitorId}),
        taken AS (
          INSERT INTO pseudonyms (thread_id, visitor_id, name)
          SELECT ${threadId}, ${visitorId}, ${name} WHERE NOT EXISTS (SELECT 1 FROM theirs)
          ON CONFLICT DO NOTHING RETURNING name)
      SELECT name FROM theirs UNION ALL SELECT name FROM taken`;
    if (rows[0]) return rows[0].name;
  }
  // None was free, or the same visitor got one in another request meanwhile.
  return findPseudonym(db, who);
}

/**
 * The names that a visitor has in these threads are theirs no more and stay nobody's: who saw a name before its comment passed to a
 * member must not find the member behind what the name says later.
 */
export async function retirePseudonyms(
  db: Transaction,
  which: { visitorId: number; threadIds: readonly number[] },
): Promise<void> {
  await db.$executeRaw`
    WITH mine AS (
      SELECT thread_id FROM pseudonyms WHERE visitor_id = ${which.visitorId} AND thread_id = ANY(${[...which.threadIds]})
    ), nobody AS (
      INSERT INTO visitors (token_hash) SELECT NULL WHERE EXISTS (SELECT 1 FROM mine) RETURNING id
    )
    UPDATE pseudonyms p SET visitor_id = nobody.id FROM nobody, mine
    WHERE p.visitor_id = ${which.visitorId} AND p.thread_id = mine.thread_id`;
}

/** Keeps the hash of a visitor's recovery code; the one before is worth nothing any more. */
export async function writeRecoveryHash(db: Transaction, visitorId: number, recoveryHash: Uint8Array): Promise<void> {
  await db.$executeRaw`UPDATE visitors SET recovery_hash = ${recoveryHash} WHERE id = ${visitorId}`;
}

/** Gives the visitor with this recovery code to the browser with this token; the code is used up. Null when there is none. */
export async function moveVisitor(
  db: Transaction,
  move: { recoveryHash: Uint8Array; tokenHash: Uint8Array },
): Promise<{ id: number } | null> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    UPDATE visitors SET token_hash = ${move.tokenHash}, recovery_hash = NULL, last_seen_at = now()
    WHERE recovery_hash = ${move.recoveryHash} RETURNING id`;
  return rows[0] ?? null;
}
