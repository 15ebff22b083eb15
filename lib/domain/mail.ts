// Every message that leaves this house, as a wish: what it is about and for whom. The words, and the one-time links in them, are
// made when it is sent, so that no secret waits in the queue of jobs.
import { z } from "zod";

const id = z.int().positive();
const commentId = z.string().regex(/^\d{1,19}$/);

/** What waits in the queue, and is read again by whatever version of this software comes to send it. */
export const mailWishSchema = z.discriminatedUnion("kind", [
  /** Confirm the address of a new account. */
  z.object({ kind: z.literal("verifyEmail"), userId: id }),
  /** Somebody tried to sign up with an address that has an account. */
  z.object({ kind: z.literal("addressTaken"), userId: id }),
  /** `closed`: nobody asked for it; the account was taken back, and nothing else opens it. */
  z.object({ kind: z.literal("resetPassword"), userId: id, closed: z.literal(true).optional() }),
  z.object({ kind: z.literal("passwordChanged"), userId: id }),
  /** The password no longer opens the account until it is reset (R31). */
  z.object({ kind: z.literal("passwordClosed"), userId: id }),
  /** Confirm a new address; goes to that address. */
  z.object({ kind: z.literal("changeEmail"), userId: id, email: z.string() }),
  /** To the old address, with a way back (R34). */
  z.object({ kind: z.literal("emailChanged"), userId: id, oldEmail: z.string() }),
  /** `at` is when, in ISO 8601. */
  z.object({ kind: z.literal("newDevice"), userId: id, device: z.string(), at: z.string() }),
  z.object({ kind: z.literal("exportReady"), userId: id, exportId: id }),
  /** `until` is when the account goes, in ISO 8601. */
  z.object({ kind: z.literal("leaving"), userId: id, until: z.string() }),
  /** Somebody answered a comment of theirs. */
  z.object({ kind: z.literal("reply"), userId: id, commentId }),
  /** Several did, in one thread, from this place on: more than there are mails for. */
  z.object({ kind: z.literal("moreReplies"), userId: id, threadId: id, from: id }),
  /** A moderator removed a comment of theirs; `reason` is as it is kept. */
  z.object({
    kind: z.literal("removed"),
    userId: id,
    commentId,
    title: z.string(),
    excerpt: z.string(),
    reason: z.string(),
  }),
  /** What became of their appeal. */
  z.object({
    kind: z.literal("appealDecided"),
    userId: id,
    commentId,
    title: z.string(),
    granted: z.boolean(),
    answer: z.string(),
  }),
  z.object({ kind: z.literal("left"), email: z.string(), displayName: z.string() }),
  /** To moderators: a rule fitted so much of late that it only holds now. */
  z.object({ kind: z.literal("ruleTamed"), userId: id, ruleId: id }),
  /** What became of a text that one wrote; `reason` is what the editor says with it. */
  z.object({
    kind: z.literal("editorial"),
    userId: id,
    news: z.enum(["changesRequested", "scheduled", "published"]),
    title: z.string(),
    /** Where to go on: "/desk/drafts/12", "/articles/bees". */
    path: z.templateLiteral(["/", z.string()]),
    reason: z.string(),
  }),
]);

export type MailWish = z.infer<typeof mailWishSchema>;

/** How long the links in mails work, in milliseconds, counted from the sending (R32-R34). */
export const linkLife = {
  resetPassword: 30 * 60_000,
  verifyEmail: 24 * 3_600_000,
  changeEmail: 24 * 3_600_000,
  undoEmail: 7 * 24 * 3_600_000,
} as const;

/** What somebody does not have to wait for behind others' mail, and must hear of even before their address is confirmed (R75). */
export function isSecurityMail(wish: MailWish): boolean {
  return !ordinary.has(wish.kind);
}

const ordinary = new Set<MailWish["kind"]>([
  "exportReady",
  "editorial",
  "reply",
  "moreReplies",
  "removed",
  "appealDecided",
]);

/** Mails to one address within a day (R73): of all kinds, and of the ordinary ones, which must leave room for those of security. */
export const mailsPerDay = { all: 100, ordinary: 80 } as const;

/** Replies that are told of one by one: in one thread, and to one person; beyond, one mail says how many there were (R73). */
export const replyMails = {
  ofThread: { max: 10, windowMs: 3_600_000 },
  ofPerson: { max: 60, windowMs: 24 * 3_600_000 },
} as const;

/** An address that refused this many mails for good is left in peace for so long (R73). */
export const bounces = { enough: 2, pauseMs: 30 * 24 * 3_600_000 } as const;

/** Where mail programs send the one click that ends mails of a kind (R74). It needs neither log-in nor page of ours: the token is enough. */
export const stopMailsPath = "/mail/stop";
