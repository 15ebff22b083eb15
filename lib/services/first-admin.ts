// The first admin: whoever reads the server's own console gets a link, once, while nobody can administer the site (R42).
import { DomainError } from "@/lib/domain/errors";
import { takeNames } from "@/lib/services/check-names";
import type { Context } from "@/lib/services/context";
import { isFirstAdminLink } from "@/lib/services/first-admin-link";
import { hashPassword } from "@/lib/services/hash-password";
import { judgePassword } from "@/lib/services/judge-password";
import { giveModeratorName } from "@/lib/services/moderator-name";
import { type Browser, type StartedSession, startSession } from "@/lib/services/start-session";
import { insertAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { inTransaction } from "@/lib/store/client";
import { useToken } from "@/lib/store/one-time-tokens";
import { someAdmin } from "@/lib/store/people";
import { skeleton } from "@/lib/text/confusables";

export interface FirstAdmin {
  token: string;
  email: string;
  handle: string;
  displayName: string;
  password: string;
  browser: Browser;
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
    await giveModeratorName(tx, { id, roles: ["ADMIN"] });
    await audit(tx, { kind: "firstAdminMade", actorId: null, subjectId: id });
    const user = { id, roles: ["ADMIN"] as const };
    return startSession(tx, ctx, { user, browser: input.browser, fresh: true });
  });
}

const linkEnded = () => new DomainError("not_found", { reason: "firstAdmin.link" });
