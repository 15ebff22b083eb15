// The part of a member that only they and the log-in know: address, password, names as they can be taken.
import type { Role } from "@/lib/domain/actor";
import type { Transaction } from "@/lib/store/client";

export interface AccountRow {
  id: number;
  handle: string;
  displayName: string;
  roles: Role[];
  email: string | null;
  emailVerifiedAt: Date | null;
  passwordHash: string | null;
  passwordFailures: number;
  suspendedAt: Date | null;
  leavingAt: Date | null;
}

const account = {
  id: true,
  handle: true,
  displayName: true,
  roles: true,
  email: true,
  emailVerifiedAt: true,
  passwordHash: true,
  passwordFailures: true,
  suspendedAt: true,
  leavingAt: true,
} as const;

/** The account that a handle or an address names; null when there is none that can be logged in to. */
export function findAccount(db: Transaction, identifier: string): Promise<AccountRow | null> {
  const by = identifier.includes("@") ? { email: identifier } : { handle: identifier };
  return db.user.findFirst({ where: { ...by, email: by.email ?? { not: null }, deletedAt: null }, select: account });
}

/** The account with this id; null when there is none, or its member has left. */
export function findAccountById(db: Transaction, id: number): Promise<AccountRow | null> {
  return db.user.findFirst({ where: { id, deletedAt: null }, select: account });
}

/** Counts a wrong password, and returns how many came in a row. */
export async function countPasswordFailure(db: Transaction, id: number): Promise<number> {
  const rows = await db.$queryRaw<{ failures: number }[]>`
    UPDATE users SET password_failures = password_failures + 1 WHERE id = ${id} RETURNING password_failures AS failures`;
  return rows[0]?.failures ?? 0;
}

/** A right password: the row of wrong ones is over. */
export async function forgivePasswordFailures(db: Transaction, id: number): Promise<void> {
  await db.$executeRaw`UPDATE users SET password_failures = 0 WHERE id = ${id} AND password_failures > 0`;
}

/** Gives an account a new password. */
export async function writePassword(db: Transaction, id: number, passwordHash: string): Promise<void> {
  await db.user.update({ where: { id }, data: { passwordHash, passwordFailures: 0 }, select: { id: true } });
}
