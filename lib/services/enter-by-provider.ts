// Coming in through another service: as the member it is linked to, as a new one, or to link it to the account one is logged in to.
// Never by address: who has the same address elsewhere is not let in, and nothing is linked by itself (R40).
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { strangersAllowances } from "@/lib/services/account-allowances";
import { attempt } from "@/lib/services/attempt";
import type { Context } from "@/lib/services/context";
import { freeNames } from "@/lib/services/free-names";
import { self } from "@/lib/services/own-account";
import { type Browser, type StartedSession, startSession } from "@/lib/services/start-session";
import { findAccount, findAccountById, insertAccount, lockAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { linkProvider, memberOfProvider } from "@/lib/store/provider-accounts";
import { skeleton } from "@/lib/text/confusables";

/** What another service vouches for. */
export interface ProviderIdentity {
  provider: string;
  subject: string;
  /** As `emailSchema` leaves it; null unless the service says that it is theirs. */
  email: string | null;
  /** What they are called there, best first. */
  handles: readonly string[];
  displayName: string;
}

/**
 * What somebody went to a service for: to come in; to link it to the account they are logged in to, as they asked in settings and with their
 * password; to confirm that they are whom they are logged in as (R41).
 */
export type EntryPurpose = "enter" | "link" | "confirm";

export interface EnterByProvider {
  identity: ProviderIdentity;
  browser: Browser;
  purpose: EntryPurpose;
}

export interface Entered extends StartedSession {
  userId: number;
  displayName: string;
  /** They were nobody here before. */
  isNew: boolean;
}

/**
 * Logs somebody in whom another service has let in.
 * @throws DomainError `forbidden` (suspended), `conflict` (`provider.address_taken`, `provider.link_needed`,
 *   `provider.linked_elsewhere`, `provider.somebody_else`), `rate_limited`, `unavailable`
 */
export async function enterByProvider(ctx: Context, entry: EnterByProvider): Promise<Entered> {
  const userId = await memberOfProvider(database(), entry.identity);
  if (entry.purpose === "confirm" && userId !== userIdOf(ctx.actor)) {
    throw new DomainError("conflict", { reason: "provider.somebody_else" });
  }
  if (userId !== null) return inTransaction((tx) => logIn(tx, ctx, { ...entry, userId }));
  if (ctx.actor.kind === "member") {
    if (entry.purpose !== "link") throw new DomainError("conflict", { reason: "provider.link_needed" });
    return inTransaction((tx) => link(tx, ctx, entry));
  }
  const allowances = await strangersAllowances(ctx, "signUp");
  return attempt({ allowances, reason: "signUp.too_often" }, () => inTransaction((tx) => signUp(tx, ctx, entry)));
}

async function logIn(tx: Transaction, ctx: Context, entry: EnterByProvider & { userId: number }): Promise<Entered> {
  const account = await lockAccount(tx, entry.userId);
  if (!account) throw new DomainError("conflict", { reason: "provider.failed" });
  if (account.suspendedAt) throw new DomainError("forbidden", { reason: "logIn.suspended" });
  if (entry.purpose === "link" && ctx.actor.kind === "member" && ctx.actor.userId !== account.id) {
    throw new DomainError("conflict", { reason: "provider.linked_elsewhere" });
  }
  const started = await startSession(tx, ctx, { user: account, browser: entry.browser });
  return { ...started, userId: account.id, displayName: account.displayName, isNew: false };
}

async function link(tx: Transaction, ctx: Context, { identity, browser }: EnterByProvider): Promise<Entered> {
  const { actor } = self(ctx);
  const account = await findAccountById(tx, actor.userId);
  if (!account) throw new DomainError("unauthenticated");
  const { provider, subject } = identity;
  await linkProvider(tx, { provider, subject, userId: account.id });
  await audit(tx, { kind: "providerLinked", actorId: account.id, subjectId: account.id, detail: { provider } });
  const started = await startSession(tx, ctx, { user: account, browser, fresh: true });
  return { ...started, userId: account.id, displayName: account.displayName, isNew: false };
}

async function signUp(tx: Transaction, ctx: Context, { identity, browser }: EnterByProvider): Promise<Entered> {
  const { provider, subject, email } = identity;
  if (email !== null && (await findAccount(tx, email))) {
    throw new DomainError("conflict", { reason: "provider.address_taken" });
  }
  const { handle, displayName } = await freeNames(tx, identity);
  const { id } = await insertAccount(tx, {
    email,
    handle,
    displayName,
    nameKey: skeleton(displayName),
    handleKey: skeleton(handle),
    passwordHash: null,
    roles: [],
    verified: email !== null,
  });
  await linkProvider(tx, { provider, subject, userId: id });
  await audit(tx, { kind: "signedUp", actorId: id, subjectId: id, detail: { provider } });
  const started = await startSession(tx, ctx, { user: { id, roles: [] }, browser, fresh: true });
  return { ...started, userId: id, displayName, isNew: true };
}
