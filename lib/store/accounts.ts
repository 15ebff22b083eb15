// The part of a member that only they and the log-in know: address and password.
import type { Role } from "@/lib/domain/actor";
import type { Transaction } from "@/lib/store/client";
import { orTaken } from "@/lib/store/names";

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

/** The account that a handle or an address names; null when there is none. */
export function findAccount(db: Transaction, identifier: string): Promise<AccountRow | null> {
  const by = identifier.includes("@") ? { email: identifier } : { handle: identifier };
  return db.user.findFirst({ where: { ...by, deletedAt: null }, select: account });
}

/** The account with this id; null when there is none, or its member has left. */
export function findAccountById(db: Transaction, id: number): Promise<AccountRow | null> {
  return db.user.findFirst({ where: { id, deletedAt: null }, select: account });
}

/** The same, locked until the transaction ends. */
export async function lockAccount(db: Transaction, id: number): Promise<AccountRow | null> {
  await db.$executeRaw`SELECT 1 FROM users WHERE id = ${id} FOR UPDATE`;
  return findAccountById(db, id);
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

/** The same password under a better hash, unless it was changed meanwhile. */
export async function replacePasswordHash(
  db: Transaction,
  change: { id: number; from: string; to: string },
): Promise<void> {
  const { id, from, to } = change;
  await db.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } });
}

export interface NewAccount {
  /** As `emailSchema` leaves it; null for somebody whom another service lets in without vouching for an address. */
  email: string | null;
  handle: string;
  displayName: string;
  /** Skeletons of both names. */
  nameKey: string;
  handleKey: string;
  /** Null for somebody who comes in through another service only. */
  passwordHash: string | null;
  roles: readonly Role[];
  /** The address was shown to be theirs. */
  verified: boolean;
}

/**
 * Writes a member who can log in.
 * @throws DomainError `invalid` with the field whose value is taken. Who must not know of an address looks for it before.
 */
export function insertAccount(db: Transaction, account: NewAccount): Promise<{ id: number }> {
  // Each by its name: nothing else that came along has any effect (R48).
  const { email, handle, displayName, nameKey, handleKey, passwordHash } = account;
  const emailVerifiedAt = account.verified ? new Date() : null;
  const names = { handle, displayName, nameKey, handleKey };
  const data = { email, ...names, passwordHash, roles: [...account.roles], emailVerifiedAt };
  return orTaken(db.user.create({ data, select: { id: true } }));
}

/** The address is theirs. Says whether that was news. */
export async function confirmEmail(db: Transaction, id: number): Promise<boolean> {
  const rows = await db.$executeRaw`
    UPDATE users SET email_verified_at = now() WHERE id = ${id} AND email IS NOT NULL AND email_verified_at IS NULL`;
  return rows === 1;
}

/**
 * Gives an account an address that was shown to be its member's.
 * @throws DomainError `invalid` when another account has it
 */
export async function writeEmail(db: Transaction, id: number, email: string): Promise<void> {
  const data = { email, emailVerifiedAt: new Date() };
  await orTaken(db.user.update({ where: { id }, data, select: { id: true } }));
}

/**
 * Takes an address from an account that never showed it was its member's, because somebody else just did. Nothing leads into that
 * account any more. Returns it, or null when there was none.
 */
export async function releaseUnprovenEmail(
  db: Transaction,
  email: string,
  exceptId: number,
): Promise<{ id: number } | null> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    UPDATE users SET email = NULL, password_hash = NULL
    WHERE email = ${email} AND email_verified_at IS NULL AND deleted_at IS NULL AND id <> ${exceptId} RETURNING id`;
  return rows[0] ?? null;
}

/** No password opens the account until a reset. */
export async function closePassword(db: Transaction, id: number): Promise<void> {
  await db.user.update({ where: { id }, data: { passwordHash: null }, select: { id: true } });
}

/** Ends the ways in through other services. */
export async function unlinkProviders(db: Transaction, userId: number): Promise<void> {
  await db.providerAccount.deleteMany({ where: { userId } });
}
