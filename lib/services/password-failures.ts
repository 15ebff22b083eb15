// Wrong passwords in a row. A hundred close this way in until a reset (R31); browsers that were here before have as many again, so that
// strangers alone cannot keep an owner out.

import { type AccountRow, countPasswordFailure } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { inTransaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";

const closedAfter = 100;

/** Whether the password opens nothing any more, here. */
export function isClosed(account: AccountRow, knownDevice: boolean): boolean {
  return account.passwordFailures >= (knownDevice ? 2 : 1) * closedAfter;
}

/**
 * Records a wrong password; for an account that does not exist as well, so that it takes as long. What comes when it is closed is not
 * counted: strangers must not use up what owners have left.
 */
export async function recordFailure(account: AccountRow | null, knownDevice: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    const closed = account !== null && isClosed(account, knownDevice);
    await audit(tx, { kind: "logInFailed", actorId: null, subjectId: account?.id ?? null, detail: { closed } });
    if (!account || closed) return;
    const failures = await countPasswordFailure(tx, account.id);
    if (failures !== closedAfter) return;
    const payload = { kind: "passwordClosed", userId: account.id } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  });
}
