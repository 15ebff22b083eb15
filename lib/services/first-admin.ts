// The first admin: whoever reads the server's own console gets a link, once, while nobody can administer the site (R42).
import { DomainError } from "@/lib/domain/errors";
import { takeNames } from "@/lib/services/check-names";
import type { Context } from "@/lib/services/context";
import { hashPassword } from "@/lib/services/hash-password";
import { judgePassword } from "@/lib/services/judge-password";
import { type Browser, type StartedSession, startSession } from "@/lib/services/start-session";
import { insertAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { issueToken, peekToken, useToken } from "@/lib/store/one-time-tokens";
import { someAdmin } from "@/lib/store/people";
import { skeleton } from "@/lib/text/confusables";

/** The link of a start is good until the next start, and no longer than a day. */
const linkMs = 24 * 3_600_000;

export interface FirstAdmin {
  token: string;
  email: string;
  handle: string;
  displayName: string;
  password: string;
  browser: Browser;
}

/** The path to open for becoming admin, or null when somebody is. Each call makes a new link and ends the one before. */
export async function firstAdminPath(): Promise<string | null> {
  if (await someAdmin(database())) return null;
  const wish = { purpose: "FIRST_ADMIN", userId: null, ttlMs: linkMs } as const;
  return `/first-run?token=${await inTransaction((tx) => issueToken(tx, wish))}`;
}

/** Whether this link still opens the page. */
export async function isFirstAdminLink(token: string): Promise<boolean> {
  const known = await peekToken(database(), { purpose: "FIRST_ADMIN", token });
  return known !== null && !(await someAdmin(database()));
}

/**
 * Makes the first admin and logs them in. Their address counts as confirmed: they hold the machine.
 * @throws DomainError `not_found` (no such link, or somebody is admin already), `invalid` with fields
 */
export async function makeFirstAdmin(ctx: Context, input: FirstAdmin): Promise<StartedSession> {
  const { email, handle, displayName, password } = input;
  // Before the hash, which costs a stranger nothing and us a lot.
  if (!(await isFirstAdminLink(input.token))) throw linkEnded();
  await judgePassword(password, { email, handle, displayName, staff: true });
  const passwordHash = await hashPassword(password);
  return inTransaction(async (tx) => {
    const used = await useToken(tx, { purpose: "FIRST_ADMIN", token: input.token });
    if (!used || (await someAdmin(tx))) throw linkEnded();
    await takeNames(tx, { handle, displayName });
    const { id } = await insertAccount(tx, {
      email,
      handle,
      displayName,
      nameKey: skeleton(displayName),
      handleKey: skeleton(handle),
      passwordHash,
      roles: ["ADMIN"],
      verified: true,
    });
    await audit(tx, { kind: "firstAdminMade", actorId: null, subjectId: id });
    const user = { id, roles: ["ADMIN"] as const };
    return startSession(tx, ctx, { user, browser: input.browser, fresh: true });
  });
}

const linkEnded = () => new DomainError("not_found", { reason: "firstAdmin.link" });
