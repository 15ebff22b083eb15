// A way back in for whoever holds the machine: a link to set a new password, told on the console instead of by mail. For when the mail
// does not arrive, or the only admin has lost both.
import { linkLife } from "@/lib/domain/mail";
import { findAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { inTransaction } from "@/lib/store/client";
import { issueToken } from "@/lib/store/one-time-tokens";

/**
 * The path at which this member can set a new password, once and for half an hour; links they were mailed end.
 * @param identifier a handle or address, as `identifierSchema` leaves it
 * @returns null when nobody who can log in has it
 */
export async function resetPathOf(identifier: string): Promise<string | null> {
  return inTransaction(async (tx) => {
    const account = await findAccount(tx, identifier);
    if (!account?.email) return null;
    const { id: userId, email } = account;
    const token = await issueToken(tx, { purpose: "RESET_PASSWORD", userId, email, ttlMs: linkLife.resetPassword });
    await audit(tx, { kind: "resetAsked", actorId: null, subjectId: userId, detail: { onConsole: true } });
    return `/reset-password?token=${token}`;
  });
}
