// Powers for a test's own person on the running site, as its admin would give them.
import type { Role } from "@/lib/domain/actor";
import { sharedPool } from "@/lib/store/pool";
import { reachDatabase } from "@/tests/support/publish-article";

/** Gives the member with this handle exactly these roles; they count from their next request on. */
export async function giveRoles(handle: string, roles: readonly Role[]): Promise<void> {
  await reachDatabase();
  const { rowCount } = await sharedPool().query("UPDATE users SET roles = $1::role[] WHERE handle = $2", [
    roles,
    handle,
  ]);
  if (rowCount !== 1) throw new Error(`Nobody is called ${handle}.`);
}
