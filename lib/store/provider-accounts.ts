// Ways in through other services: whom a service's account belongs to here. Known by service and subject, by nothing else (R40).
import { DomainError } from "@/lib/domain/errors";
import type { Transaction } from "@/lib/store/client";
import { violatedConstraint } from "@/lib/store/database-faults";

export interface ProviderSubject {
  provider: string;
  subject: string;
}

/** The member whom a service's account lets in; null when nobody is linked to it. */
export async function memberOfProvider(
  db: Transaction,
  { provider, subject }: ProviderSubject,
): Promise<number | null> {
  const where = { provider_subject: { provider, subject } };
  const row = await db.providerAccount.findUnique({ where, select: { userId: true } });
  return row?.userId ?? null;
}

/**
 * Links a service's account to a member.
 * @throws DomainError `conflict` when somebody was quicker
 */
export async function linkProvider(db: Transaction, link: ProviderSubject & { userId: number }): Promise<void> {
  try {
    await db.providerAccount.create({ data: link, select: { userId: true } });
  } catch (error) {
    if (violatedConstraint(error) !== "provider_accounts_pkey") throw error;
    throw new DomainError("conflict", { reason: "provider.linked_elsewhere" });
  }
}

/** The services that let a member in, with the day of the link. */
export function providersOf(db: Transaction, userId: number): Promise<{ provider: string; createdAt: Date }[]> {
  return db.providerAccount.findMany({
    where: { userId },
    select: { provider: true, createdAt: true },
    orderBy: { createdAt: "asc" },
  });
}

/** Ends a member's way in through one service. Says whether there was one. */
export async function unlinkProvider(db: Transaction, which: { userId: number; provider: string }): Promise<boolean> {
  const { count } = await db.providerAccount.deleteMany({ where: which });
  return count > 0;
}
