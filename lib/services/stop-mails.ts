// The link in a mail that ends mails of its kind (R74). It carries this one right, for this one member, and needs no log-in; it stays good,
// since mails lie about for years.
import { timingSafeEqual } from "node:crypto";
import { keyedHash } from "@/lib/services/tokens";
import { database } from "@/lib/store/client";
import { stopReplyMails } from "@/lib/store/replies";

const signatureOf = (userId: number) => keyedHash("stop-mails", "replies", String(userId)).toString("base64url");

/** What the link of a member's mails carries. */
export function stopToken(userId: number): string {
  return `${userId}-${signatureOf(userId)}`;
}

/** Whose token it is, or null. */
function ownerOf(token: string): number | null {
  const [, id = "", signature = ""] = /^([1-9]\d{0,9})-([\w-]{43})$/.exec(token) ?? [];
  const given = Buffer.from(signature);
  const right = Buffer.from(signatureOf(Number(id)));
  return given.length === right.length && timingSafeEqual(given, right) ? Number(id) : null;
}

/** Whether a token could end mails, without doing it. */
export function isStopToken(token: string): boolean {
  return ownerOf(token) !== null;
}

/** Sends no more mail about replies to whoever the token was made for. @returns false when it is no token of ours */
export async function stopMails(token: string): Promise<boolean> {
  const userId = ownerOf(token);
  return userId !== null && (await stopReplyMails(database(), userId));
}
