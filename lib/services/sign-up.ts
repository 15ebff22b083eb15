// Becoming a member. The answer never says whether an address has an account already; its owner hears of the try by mail (R30). Names are
// seen by everybody, so whether one is taken may be said. See docs/decisions/0011.
import { DomainError } from "@/lib/domain/errors";
import { mailAllowances, strangersAllowances, unprovenAllowances } from "@/lib/services/account-allowances";
import { attempt } from "@/lib/services/attempt";
import { checkNames, takeNames } from "@/lib/services/check-names";
import type { Context } from "@/lib/services/context";
import { hashPassword } from "@/lib/services/hash-password";
import { judgePassword } from "@/lib/services/judge-password";
import { type Browser, deviceHashOf } from "@/lib/services/start-session";
import { type AccountRow, findAccount, insertAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { hasRoom } from "@/lib/store/rate-limits";
import { rememberDevice } from "@/lib/store/sessions";
import { skeleton } from "@/lib/text/confusables";

/** As `signUpSchema` leaves it, and the browser. */
export interface SignUp {
  email: string;
  handle: string;
  displayName: string;
  password: string;
  browser: Browser;
  /** Of work, when it was asked for. */
  proof?: string;
}

/**
 * Makes an account whose address is yet to be confirmed by the link that is sent to it; opened in this same browser, the link logs in
 * (`verifyEmail`). Where the address has an account, nothing is made.
 * @throws DomainError `invalid` (names taken, weak password), `forbidden` for who is logged in, `rate_limited` (perhaps with a
 *   challenge), `unavailable`
 */
export async function signUp(ctx: Context, input: SignUp): Promise<void> {
  if (ctx.actor.kind !== "visitor") throw new DomainError("forbidden", { reason: "signUp.member" });
  const { email, handle, displayName, password, browser, proof } = input;
  const suspected = { action: "signUp", proof, allowances: await unprovenAllowances(ctx, "signUp") } as const;
  const allowances = await strangersAllowances(ctx, "signUp");
  await attempt({ allowances, reason: "signUp.too_often", suspected }, async () => {
    await checkNames(database(), { handle, displayName });
    await judgePassword(password, { email, handle, displayName, staff: false });
    // Also where the address is taken, so that both take as long.
    const passwordHash = await hashPassword(password);
    await inTransaction(async (tx) => {
      await takeNames(tx, { handle, displayName });
      const owner = await findAccount(tx, email);
      if (owner) return tellOwner(tx, owner);
      const { id } = await insertAccount(tx, {
        email,
        handle,
        displayName,
        nameKey: skeleton(displayName),
        handleKey: skeleton(handle),
        passwordHash,
        roles: [],
        verified: false,
      });
      await rememberDevice(tx, id, deviceHashOf(browser.deviceToken));
      await audit(tx, { kind: "signedUp", actorId: id, subjectId: id });
      await enqueue(tx, { task: "send-mail", payload: { kind: "verifyEmail", userId: id } }, security);
    });
  });
}

const security = { priority: priorities.security };

async function tellOwner(tx: Transaction, owner: AccountRow): Promise<void> {
  if (!(await hasRoom(tx, mailAllowances("addressTaken", owner.email ?? "")))) return;
  await enqueue(tx, { task: "send-mail", payload: { kind: "addressTaken", userId: owner.id } }, security);
}
