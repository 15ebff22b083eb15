// Sending by SMTP. It never tries twice: trying again is the queue's business, which remembers over restarts.
import { createTransport } from "nodemailer";
import type { SmtpAddress } from "@/lib/env/mail-settings";
import { envelopeOf, type Mailer, MailFault, oneLine } from "@/lib/mail/message";

/** How long one mail may take from the first packet to the server's answer, in milliseconds (F11). */
const patience = 30_000;

/** Connections to the mail server at a time; more would look like an attack to it. */
const connections = 2;

/** The longest piece of a server's answer that is worth keeping, in letters. */
const answerLength = 200;

/** @param timeoutMs only for tests that do not want to wait 30 seconds */
export function createSmtpMailer(settings: SmtpAddress, timeoutMs: number = patience): Mailer {
  const { host, port, auth } = settings;
  const transport = createTransport({
    pool: true,
    host,
    port,
    auth,
    secure: settings.implicitTls,
    requireTLS: settings.requireTls,
    ignoreTLS: settings.ignoreTls,
    maxConnections: connections,
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.on("error", () => {}); // It is also told to whoever is sending.
  return {
    send: async (message, { signal } = {}) => {
      // Also against a server that trickles its answers, which no pause between bytes gives away.
      const tooLate = AbortSignal.timeout(timeoutMs);
      try {
        await transport.sendMail({
          ...envelopeOf(message),
          signal: signal ? AbortSignal.any([signal, tooLate]) : tooLate,
        });
      } catch (error) {
        if (error instanceof MailFault) throw error;
        throw tooLate.aborted ? new MailFault("The mail server did not answer in time.") : faultOf(error);
      }
    },
    close: () => transport.close({ force: true }),
  };
}

const textOf = (error: object, key: string): string => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

/** What a server said, without what it may have repeated of the mail: addresses and links. */
function quotable(answer: string): string {
  return oneLine(answer)
    .replace(/\S+@\S+/g, "(address)")
    .replace(/[\w-]{20,}/g, "(…)")
    .slice(0, answerLength);
}

function faultOf(error: unknown): MailFault {
  if (typeof error !== "object" || error === null) return new MailFault("The mail could not be sent.");
  const code = textOf(error, "code");
  const command = textOf(error, "command");
  const answer = quotable(textOf(error, "response"));
  if (code === "EAUTH") {
    return new MailFault(`The mail server refused the user or password in SMTP_URL: ${answer || "no reason given"}.`);
  }
  if (code === "ETLS") {
    return new MailFault("The mail server could not turn TLS on, and SMTP_URL asks for it. Nothing was sent.");
  }
  const status = Number(textOf(error, "responseCode"));
  if (status >= 400) {
    const permanent = status >= 500;
    const recipient = permanent && command === "RCPT TO";
    return new MailFault(`The mail server ${permanent ? "refused the mail" : "put the mail off"}: ${answer}`, {
      permanent,
      recipient,
    });
  }
  const reason = quotable(error instanceof Error ? error.message : "");
  return new MailFault(`The mail server could not be used (${[code, reason].filter(Boolean).join(": ")}).`);
}
