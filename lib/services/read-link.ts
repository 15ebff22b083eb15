// What the page of a one-time link shows before anything is done: looking does not use the link up (R19).
import { findAccountById } from "@/lib/store/accounts";
import { database } from "@/lib/store/client";
import { peekToken, type TokenPurpose } from "@/lib/store/one-time-tokens";

export interface OpenLink {
  /** Whose account it is about. */
  handle: string;
  displayName: string;
  /** The address it was sent to, or is about. */
  email: string | null;
}

/** What this link is about; null when it was used, is too old, or is none of ours. */
export async function readLink(input: { purpose: TokenPurpose; token: string }): Promise<OpenLink | null> {
  const db = database();
  const facts = await peekToken(db, input);
  const account = facts?.userId == null ? null : await findAccountById(db, facts.userId);
  return account && facts && { handle: account.handle, displayName: account.displayName, email: facts.email };
}
