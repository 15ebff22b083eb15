// What members see and say of themselves.
import type { Role } from "@/lib/domain/actor";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import type { SafeHtml } from "@/lib/text/markdown";

/** What a member says of themselves, and which mails they want. What is left out stays. */
export async function writeProfile(
  db: Transaction,
  _permit: Permit<"account.manage">,
  change: { id: number; bio?: string; bioHtml?: SafeHtml; mailReplies?: boolean },
): Promise<void> {
  const { id, bio, bioHtml, mailReplies } = change;
  await db.user.update({ where: { id }, data: { bio, bioHtml, mailReplies }, select: { id: true } });
}

/** What a member sees of their own account in settings. */
export interface OwnAccount {
  handle: string;
  displayName: string;
  email: string | null;
  emailVerifiedAt: Date | null;
  hasPassword: boolean;
  roles: Role[];
  bio: string;
  mailReplies: boolean;
  leavingAt: Date | null;
  createdAt: Date;
}

/** One's own account; null when its member has left. */
export async function findOwnAccount(db: Transaction, id: number): Promise<OwnAccount | null> {
  const row = await db.user.findFirst({
    where: { id, deletedAt: null },
    select: {
      handle: true,
      displayName: true,
      email: true,
      emailVerifiedAt: true,
      passwordHash: true,
      roles: true,
      bio: true,
      mailReplies: true,
      leavingAt: true,
      createdAt: true,
    },
  });
  if (!row) return null;
  const { passwordHash, ...seen } = row;
  return { ...seen, hasPassword: passwordHash !== null };
}
