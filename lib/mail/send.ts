// The one way a mail leaves: by SMTP_URL, or into the outbox.
import { env } from "@/lib/env";
import type { Mailbox, Mailer, Message, SendOptions } from "@/lib/mail/message";
import { createOutboxMailer } from "@/lib/mail/outbox";
import { createSmtpMailer } from "@/lib/mail/smtp";
import { once } from "@/lib/once";

interface Way {
  mailer: Mailer | undefined;
}

const way = () => once("mail", (): Way => ({ mailer: undefined }));

/** Sends a mail. @throws MailFault */
export function sendMail(message: Message, options?: SendOptions): Promise<void> {
  const { smtp, dataDir } = env();
  const by = way();
  by.mailer ??= smtp ? createSmtpMailer(smtp) : createOutboxMailer(dataDir);
  return by.mailer.send(message, options);
}

/** Closes the connections to the mail server. The next mail would open new ones. */
export function closeMail(): void {
  const by = way();
  by.mailer?.close();
  by.mailer = undefined;
}

/** Whom the site's mails come from. @param siteName stands there when MAIL_FROM gives no name */
export function sender(siteName: string): Mailbox {
  const { mailFrom, publicOrigin } = env();
  const host = new URL(publicOrigin).hostname;
  // Mail from an address in brackets or from a bare number is refused by most; it is a start for trying things out.
  return {
    name: mailFrom?.name || siteName,
    address: mailFrom?.address ?? `noreply@${/^[\d.]+$|^\[/.test(host) ? "localhost" : host}`,
  };
}
