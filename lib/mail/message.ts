// A mail, ready to go to one person, and why one could not be sent. Line breaks in what becomes a header are taken out here, for every
// way of sending.
import type Mail from "nodemailer/lib/mailer";
import { emailSchema } from "@/lib/domain/account";

export interface Mailbox {
  /** May be empty. */
  name: string;
  address: string;
}

export interface Message {
  from: Mailbox;
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** Without the angle brackets; the same for every copy of one mail, so that a receiver can drop the second (R86). */
  messageId: string;
  headers?: Record<string, string>;
}

export interface SendOptions {
  /** Gives up when it fires. */
  signal?: AbortSignal;
}

/** One way of sending. Resolves when the mail is safely with somebody else. @throws MailFault */
export interface Mailer {
  send(message: Message, options?: SendOptions): Promise<void>;
  close(): void;
}

/** A mail was not sent. The message is a sentence without addresses and tokens, so that it may be logged. */
export class MailFault extends Error {
  /** It would be refused again: the server said no, rather than not now. */
  readonly permanent: boolean;
  /** It is this recipient who is refused. */
  readonly recipient: boolean;

  constructor(message: string, about: { permanent?: boolean; recipient?: boolean } = {}) {
    super(message);
    this.permanent = about.permanent ?? false;
    this.recipient = about.recipient ?? false;
  }
}

/** A text as one line: line breaks and other controls would begin a new header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/**
 * The message as nodemailer takes it. Addresses go as objects, since it reads more than one out of a string.
 * @throws MailFault when the recipient's address is none
 */
export function envelopeOf(message: Message): Mail.Options {
  const { from, to, subject, text, html, messageId, headers = {} } = message;
  const address = emailSchema.safeParse(to.address);
  if (!address.success) throw new MailFault("The address is none that mail can be sent to.", { permanent: true });
  const own = Object.entries(headers).map(([name, value]) => [name.replace(/[^\w-]/g, ""), oneLine(value)]);
  return {
    from: { name: oneLine(from.name), address: oneLine(from.address) },
    to: { name: oneLine(to.name), address: address.data },
    envelope: { from: oneLine(from.address), to: [address.data] },
    subject: oneLine(subject),
    text,
    html,
    messageId: `<${messageId}>`,
    headers: { "Auto-Submitted": "auto-generated", ...Object.fromEntries(own) },
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
