// SMTP_URL and MAIL_FROM: what they may say, and the sentence for what they may not.
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";

const smtp = (SMTP_URL: string) => parseEnv({ SMTP_URL }).smtp;
const from = (MAIL_FROM: string) => parseEnv({ MAIL_FROM }).mailFrom;

describe("SMTP_URL", () => {
  const good: [string, string, object][] = [
    [
      "TLS from the start",
      "smtps://mail.example.org",
      { port: 465, implicitTls: true, requireTls: true, ignoreTls: false },
    ],
    ["TLS when the server offers it", "smtp://mail.example.org", { port: 587, requireTls: false, ignoreTls: false }],
    [
      "no password without TLS",
      "smtp://me:pw@mail.example.org",
      { requireTls: true, auth: { user: "me", pass: "pw" } },
    ],
    ["TLS asked for", "smtp://mail.example.org:25?requireTLS=1", { port: 25, requireTls: true }],
    ["a password in clear, on purpose", "smtp://me:pw@mail?requireTLS=0", { requireTls: false, ignoreTls: false }],
    ["this machine, whose certificate is nobody's", "smtp://localhost:25", { host: "localhost", ignoreTls: true }],
    ["this machine by number", "smtp://me:pw@[::1]:25", { host: "::1", ignoreTls: true, requireTls: false }],
    ["this machine, but with TLS", "smtp://127.0.0.1?requireTLS=1", { ignoreTls: false, requireTls: true }],
    ["special letters", "smtp://me%40example.org:p%2Fw%25@mail", { auth: { user: "me@example.org", pass: "p/w%" } }],
  ];
  it.each(good)("%s: %s", (_, value, expected) => expect(smtp(value)).toMatchObject(expected));

  it("may be left out", () => expect(parseEnv({}).smtp).toBeUndefined());

  const bad = [
    "mail.example.org",
    "http://mail.example.org",
    "smtp://",
    "smtp://mail/path",
    "smtp://mail?tls=no",
    "smtp://mail?requireTLS=yes",
    "smtp://me:50%@mail",
  ];
  it.each(bad)("refuses %s, in a sentence without the password", (value) => {
    expect(() => smtp(value)).toThrow(/^SMTP_URL/);
    expect(() => smtp(value)).not.toThrow(/50%/);
  });
});

describe("MAIL_FROM", () => {
  const good: [string, object][] = [
    ["talk@example.org", { name: "", address: "talk@example.org" }],
    ["Our Talk <talk@example.org>", { name: "Our Talk", address: "talk@example.org" }],
    ['"Talk, ours" <talk@example.org>', { name: "Talk, ours", address: "talk@example.org" }],
    ["<talk@localhost>", { name: "", address: "talk@localhost" }],
  ];
  it.each(good)("%s", (value, expected) => expect(from(value)).toEqual(expected));

  const bad = [
    "Our Talk",
    "talk@",
    "a@b@c",
    "a@example.org, b@example.org",
    "A <a@example.org>, B <b@example.org>",
    "A <a@example.org>\nBcc: <b@example.org>",
    "a\nb <a@example.org>",
  ];
  it.each(bad)("refuses %j", (value) => expect(() => from(value)).toThrow(/^MAIL_FROM/));
});
