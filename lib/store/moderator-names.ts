// The public names of moderators: one each, for good, and no two alike.
import type { Transaction } from "@/lib/store/client";

/** Whether the member has a public name now; false when somebody else has this one. */
export async function nameModerator(db: Transaction, wish: { id: number; name: string }): Promise<boolean> {
  // One after the other, or two at once would both find the name free.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('colloquy.moderator-names', 0))`;
  const named = await db.$executeRaw`
    UPDATE users SET moderator_name = coalesce(moderator_name, ${wish.name})
    WHERE id = ${wish.id} AND (moderator_name IS NOT NULL OR NOT EXISTS (SELECT FROM users WHERE moderator_name = ${wish.name}))`;
  return named === 1;
}
