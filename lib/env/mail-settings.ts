// Settings of mail: the server that sends it, and whom it comes from.
import { EnvError } from "@/lib/env/env-error";

/** A mail server, as SMTP_URL names it. */
export interface SmtpAddress {
  host: string;
  port: number;
  /** TLS from the first byte. */
  implicitTls: boolean;
  /** Nothing is sent unless the server turns TLS on. */
  requireTls: boolean;
  /** Do not even try TLS. */
  ignoreTls: boolean;
  auth: { user: string; pass: string } | undefined;
}

const smtpPorts = { "smtp:": 587, "smtps:": 465 } as const;

export function parseSmtpUrl(value: string | undefined): SmtpAddress | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url?.hostname || (url.protocol !== "smtp:" && url.protocol !== "smtps:") || !/^\/?$/.test(url.pathname)) {
    throw new EnvError(
      "SMTP_URL is no address of a mail server. It should look like smtps://user:password@mail.example.org, or smtp://…:587; leave it out to have mails put into the data folder.",
    );
  }
  const wish = url.searchParams.get("requireTLS");
  if ([...url.searchParams.keys()].some((key) => key !== "requireTLS") || (wish !== null && !/^[01]$/.test(wish))) {
    throw new EnvError(
      "SMTP_URL has a setting that Colloquy does not know. After the ? only requireTLS=1 or 0 can stand.",
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const ownMachine = /^(localhost|127(\.\d+){3}|::1)$/.test(host);
  const auth = url.username ? { user: decoded(url.username), pass: decoded(url.password) } : undefined;
  const implicitTls = url.protocol === "smtps:";
  // A password must not cross a network in clear unless somebody says so.
  const requireTls = implicitTls || (wish === null ? auth !== undefined && !ownMachine : wish === "1");
  return {
    host,
    port: Number(url.port || smtpPorts[url.protocol]),
    implicitTls,
    requireTls,
    // A mail server on this machine seldom has a certificate for "localhost", and there is no way in between to listen on.
    ignoreTls: ownMachine && !requireTls,
    auth,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new EnvError("SMTP_URL has a % in its user or password that stands for itself. Write it as %25.");
  }
}

export function parseMailFrom(value: string | undefined): { name: string; address: string } | undefined {
  if (value === undefined) return undefined;
  const [, quoted, plain, bracketed, bare] =
    /^(?:"([^"<>]*)"\s*|([^"<>]*))<([^\s<>@]+@[^\s<>@]+)>$|^([^\s<>@,;"]+@[^\s<>@,;"]+)$/.exec(value) ?? [];
  const address = bracketed ?? bare;
  if (!address || /\p{Cc}/u.test(value)) {
    throw new EnvError(
      `MAIL_FROM is "${value}", which is no sender of mails. It should look like talk@example.org or Our Talk <talk@example.org>.`,
    );
  }
  return { name: (quoted ?? plain ?? "").trim(), address };
}
