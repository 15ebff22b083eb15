// From a wish to a mail: who it goes to now, what may still be said, and the one-time link in it, which is made here and kept nowhere.
import { bounces, isSecurityMail, linkLife, type MailWish, mailsPerDay, stopMailsPath } from "@/lib/domain/mail";
import { env } from "@/lib/env";
import { compose, type Told } from "@/lib/mail/compose";
import type { Message } from "@/lib/mail/message";
import { sender } from "@/lib/mail/send";
import { readSite } from "@/lib/services/read-site";
import { stopToken } from "@/lib/services/stop-mails";
import { systemContext } from "@/lib/services/system-context";
import { keyedHash } from "@/lib/services/tokens";
import { type AccountRow, findAccountById } from "@/lib/store/accounts";
import { bouncesOf, countBounce } from "@/lib/store/bounces";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { isRemoved } from "@/lib/store/letters";
import { issueToken, type TokenPurpose } from "@/lib/store/one-time-tokens";
import { hasRoom } from "@/lib/store/rate-limits";
import { findReplies, findReply } from "@/lib/store/replies";
import { excerptOfHtml } from "@/lib/text/excerpt";

export interface MailJob {
  wish: MailWish;
  /** What `enqueue` gave it. */
  seed: string;
  /** It is not a repeat, which the day's limit has counted already. */
  first: boolean;
}

/** Why nothing is sent. */
export type Silence = "nobody" | "not needed" | "too many" | "refused before";

const day = 24 * 3_600_000;

/** Which one-time link a mail carries. */
const links: Partial<Record<MailWish["kind"], { purpose: TokenPurpose; ttlMs: number }>> = {
  verifyEmail: { purpose: "VERIFY_EMAIL", ttlMs: linkLife.verifyEmail },
  resetPassword: { purpose: "RESET_PASSWORD", ttlMs: linkLife.resetPassword },
  changeEmail: { purpose: "CHANGE_EMAIL", ttlMs: linkLife.changeEmail },
  emailChanged: { purpose: "UNDO_EMAIL", ttlMs: linkLife.undoEmail },
};

interface Receiver {
  userId: number | null;
  handle: string;
  address: string;
  /** Empty unless the address is known to be theirs. */
  name: string;
}

/** Whom a wish goes to, as things are now: between the wish and the sending, people confirm, move and leave. */
function receiverOf(wish: MailWish, account: AccountRow | null): Receiver | Silence {
  if (wish.kind === "left") return { userId: null, handle: "", address: wish.email, name: "" };
  if (!account) return "nobody";
  const { id: userId, handle, displayName, email, emailVerifiedAt } = account;
  if (wish.kind === "changeEmail") return { userId, handle, address: wish.email, name: "" };
  if (wish.kind === "emailChanged") return { userId, handle, address: wish.oldEmail, name: displayName };
  if (email === null) return "nobody";
  if (wish.kind === "verifyEmail" && emailVerifiedAt) return "not needed";
  if (!emailVerifiedAt && !isSecurityMail(wish)) return "not needed";
  return { userId, handle, address: email, name: emailVerifiedAt ? displayName : "" };
}

const addressHash = (address: string) => keyedHash("limit", "mail", address).toString("base64url");

async function silenceFor(
  tx: Transaction,
  { address, first, security }: { address: string; first: boolean; security: boolean },
): Promise<Silence | null> {
  const who = addressHash(address);
  if ((await bouncesOf(tx, `mail.bounced:${who}`)) >= bounces.enough) return "refused before";
  const share = (kind: "all" | "ordinary") => ({
    key: `mail.${kind}:${who}`,
    max: Math.max(1, Math.floor(mailsPerDay[kind] * env().rateLimitFactor)),
    windowMs: day,
  });
  const shares = security ? [share("all")] : [share("all"), share("ordinary")];
  return first && !(await hasRoom(tx, shares)) ? "too many" : null;
}

/**
 * Makes the mail for a wish. Its one-time link is committed when this returns, so that it works as soon as the mail arrives; made
 * again for the same job, mail and link are the same.
 * @returns the message, or why there is nothing to send
 */
export async function composeMail({ wish, seed, first }: MailJob): Promise<Message | Silence> {
  const { name } = await readSite(systemContext());
  const site = { name, origin: env().publicOrigin };
  return inTransaction(async (tx) => {
    const receiver = receiverOf(wish, "userId" in wish ? await findAccountById(tx, wish.userId) : null);
    if (typeof receiver === "string") return receiver;
    const told = await toldOf(tx, wish);
    if (told === null) return "not needed";
    const { address: to } = receiver;
    const silence = await silenceFor(tx, { address: to, first, security: isSecurityMail(wish) });
    if (silence) return silence;
    const { userId, handle, address } = receiver;
    const link = links[wish.kind];
    const token = link && (await issueToken(tx, { ...link, userId, email: address, token: derived("link", seed) }));
    return {
      from: sender(site.name),
      to: { name: receiver.name, address },
      messageId: `${derived("message-id", seed)}@${new URL(site.origin).hostname}`,
      ...compose(told, { site, handle, name: receiver.name, token }),
      headers: "stop" in told ? oneClick(`${site.origin}${stopMailsPath}?token=${told.stop}`) : undefined,
    };
  });
}

/** What mail programs make a button of, that ends mails of this kind (RFC 8058). */
function oneClick(address: string): Record<string, string> {
  return { "List-Unsubscribe": `<${address}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** As much of a reply as makes one curious, in code points. */
const replyExcerpt = 500;

/** A wish with what its mail says, as things are now; null when there is nothing to say any more. */
async function toldOf(tx: Transaction, wish: MailWish): Promise<Told | null> {
  if (wish.kind === "reply") {
    const reply = await findReply(tx, BigInt(wish.commentId), wish.userId);
    if (!reply) return null;
    const { writer, title, html } = reply;
    const excerpt = excerptOfHtml(html, replyExcerpt);
    const path = `/comments/${wish.commentId}` as const;
    return { kind: "reply", writer, title, excerpt, path, stop: stopToken(wish.userId) };
  }
  if (wish.kind === "removed" && !(await isRemoved(tx, BigInt(wish.commentId)))) return null;
  if (wish.kind === "moreReplies") {
    const replies = await findReplies(tx, wish);
    if (!replies) return null;
    const { count, firstId, title } = replies;
    return { kind: "moreReplies", count, title, path: `/comments/${firstId}`, stop: stopToken(wish.userId) };
  }
  return wish;
}

/** 256 bits that only somebody with the seed and the site's secret can make. */
function derived(what: "link" | "message-id", seed: string): string {
  return keyedHash(`mail-${what}`, seed).toString("base64url");
}

/** The server refused a recipient for good; after a few of these the address is left in peace (R73). */
export async function rememberBounce(address: string): Promise<void> {
  await countBounce(database(), `mail.bounced:${addressHash(address)}`, bounces.pauseMs);
}
