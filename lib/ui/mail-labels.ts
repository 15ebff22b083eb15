// What a mail is about, in a few words, for whoever looks after the mail.
import type { MailWish } from "@/lib/domain/mail";

const labels: Record<MailWish["kind"], string> = {
  verifyEmail: "Confirm an address",
  addressTaken: "Somebody tried to sign up with this address",
  resetPassword: "Set a new password",
  passwordChanged: "The password was changed",
  passwordClosed: "The password no longer works",
  changeEmail: "Confirm a new address",
  emailChanged: "The address was changed",
  newDevice: "New log-in",
  exportReady: "The archive is ready",
  leaving: "The account will be deleted",
  left: "The account is deleted",
  editorial: "News about a text",
  removed: "A comment was removed",
  appealDecided: "An appeal was decided",
  ruleTamed: "A rule for comments was changed",
  reply: "A reply",
  moreReplies: "Several replies",
};

const known: ReadonlyMap<string, string> = new Map(Object.entries(labels));

/** The words for a kind; an unknown one comes from another version of this software. */
export function mailLabel(kind: string): string {
  return known.get(kind) ?? "A mail";
}
