// The account of the one who asks, for all that members do with their own.
import type { MemberActor } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { authorize, type Permit } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { type AccountRow, findAccountById } from "@/lib/store/accounts";
import { database, type Transaction } from "@/lib/store/client";
import { findOwnAccount, type OwnAccount } from "@/lib/store/profiles";

export interface Self {
  actor: MemberActor;
  permit: Permit<"account.manage">;
}

/**
 * The member who asks, allowed to manage their own account.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export function self(ctx: Context): Self {
  const { actor } = ctx;
  if (actor.kind !== "member") throw new DomainError("unauthenticated");
  return { actor, permit: authorize(actor, "account.manage", { userId: actor.userId }) };
}

/**
 * The same with their account as it is now.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function ownAccount(db: Transaction, ctx: Context): Promise<Self & { account: AccountRow }> {
  const me = self(ctx);
  const account = await findAccountById(db, me.actor.userId);
  if (!account) throw new DomainError("unauthenticated");
  return { ...me, account };
}

/**
 * What settings show of one's own account.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function readOwnAccount(ctx: Context): Promise<OwnAccount> {
  const account = await findOwnAccount(database(), self(ctx).actor.userId);
  if (!account) throw new DomainError("unauthenticated");
  return account;
}
