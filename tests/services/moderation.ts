// Moderators, and comments in every state that they meet.
import type { MemberActor, Role } from "@/lib/domain/actor";
import type { Seen } from "@/lib/domain/verdict";
import { inTransaction } from "@/lib/store/client";
import { lockForVerdict } from "@/lib/store/verdicts";
import { aMember, post, type TestArticle } from "@/tests/services/arrange";
import type { TestDatabase } from "@/tests/support/database";

export const threeLinks = "[a](https://a.example) [b](https://b.example) [c](https://c.example)";

/** A member who may judge. */
export async function aModerator(
  db: TestDatabase,
  handle: string,
  roles: Role[] = ["MODERATOR"],
): Promise<MemberActor> {
  const member = await aMember(handle, `${handle[0]?.toUpperCase()}${handle.slice(1)}`);
  await db.sql("UPDATE users SET roles = $1::role[] WHERE id = $2", [roles, member.userId]);
  return { ...member, roles };
}

/** What a moderator sees of a comment now. */
export async function seenNow(id: string): Promise<Seen> {
  const comment = await inTransaction((tx) => lockForVerdict(tx, id));
  if (!comment) throw new Error(`There is no comment ${id}.`);
  const { status, revision, edit, reported } = comment;
  return { status, revision, edit, reported };
}

/** A held comment. */
export async function aHeldComment(article: TestArticle, about: Parameters<typeof post>[1] = {}) {
  const posted = await post(article, { body: threeLinks, ...about });
  if (posted.status !== "pending") throw new Error("Three links by a guest were not held.");
  return posted;
}
