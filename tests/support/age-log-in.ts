// A member whose password was asked for long ago: what waiting would do, done at once.
import { sharedPool } from "@/lib/store/pool";
import { reachDatabase } from "@/tests/support/publish-article";

/** Makes all log-ins of a member an hour old as far as confirming goes. */
export async function ageLogIns(handle: string): Promise<void> {
  await reachDatabase();
  await sharedPool().query(
    "UPDATE sessions SET confirmed_at = now() - interval '1 hour' WHERE user_id = (SELECT id FROM users WHERE handle = $1)",
    [handle],
  );
}
