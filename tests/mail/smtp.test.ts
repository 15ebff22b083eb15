// Sending by SMTP to a server that behaves, and to every kind that does not (F11).
import { afterEach, describe, expect, it } from "vitest";
import type { SmtpAddress } from "@/lib/env/mail-settings";
import { type Mailer, MailFault, type Message } from "@/lib/mail/message";
import { createSmtpMailer } from "@/lib/mail/smtp";
import { addressesOf, type Behaviour, smtpAt, startRawServer, startSink } from "./sink";

/** Long enough for a busy machine's dialogue, short enough to wait for. */
const shortPatience = 1_500;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function mailer(settings: SmtpAddress, timeoutMs?: number): Mailer {
  const made = createSmtpMailer(settings, timeoutMs);
  undo.push(() => made.close());
  return made;
}

async function sink(behaviour?: Behaviour) {
  const made = await startSink(behaviour);
  undo.push(() => made.close());
  return made;
}

async function raw(onSocket: Parameters<typeof startRawServer>[0]) {
  const made = await startRawServer(onSocket);
  undo.push(() => made.close());
  return made;
}

const message = (about: Partial<Message> = {}): Message => ({
  from: { name: "Our Talk", address: "talk@example.org" },
  to: { name: "Ada Lovelace", address: "ada@example.com" },
  subject: "Set a new password",
  text: "Hello\n\nhttps://talk.example.org/reset-password?token=abc\n",
  html: "<p>Hello</p>",
  messageId: "one@talk.example.org",
  ...about,
});

async function faultOf(attempt: Promise<void>): Promise<MailFault> {
  const error = await attempt.then(
    () => new Error("It was sent."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MailFault)) throw error;
  return error;
}

describe("a mail", () => {
  it("arrives whole, in two parts, with its own id, for one person", async () => {
    const { port, received } = await sink();
    await mailer(smtpAt(port)).send(
      message({ subject: "Grüße an Żółw 🐢", text: "Zażółć gęślą jaźń\n", headers: { "List-Id": "<talk>" } }),
    );
    const [{ mail, from, to } = { mail: undefined, from: "", to: [] }] = received;
    expect({ from, to }).toEqual({ from: "talk@example.org", to: ["ada@example.com"] });
    expect(mail?.subject).toBe("Grüße an Żółw 🐢");
    expect(mail?.text).toBe("Zażółć gęślą jaźń\n");
    expect(mail?.html).toBe("<p>Hello</p>");
    expect(mail?.messageId).toBe("<one@talk.example.org>");
    expect(addressesOf(mail?.from)).toMatchObject([{ name: "Our Talk", address: "talk@example.org" }]);
    expect(addressesOf(mail?.to)).toMatchObject([{ name: "Ada Lovelace", address: "ada@example.com" }]);
    expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail?.headers.has("list-id") || mail?.headers.has("list")).toBe(true);
  });

  it("goes over a connection that is used again", async () => {
    let connections = 0;
    const { port, received } = await sink({
      options: {
        onConnect: (_, done) => {
          connections++;
          done();
        },
      },
    });
    const one = mailer(smtpAt(port));
    for (const id of ["a", "b", "c"]) await one.send(message({ messageId: `${id}@talk.example.org` }));
    expect(received.map(({ mail }) => mail.messageId?.[1])).toEqual(["a", "b", "c"]);
    expect(connections).toBeLessThanOrEqual(3);
  });

  it("is sent with user and password where the setting has them", async () => {
    const seen: unknown[] = [];
    const { port, received } = await sink({
      options: {
        allowInsecureAuth: true,
        authOptional: false,
        onAuth: ({ username, password }, _, done) => {
          seen.push([username, password]);
          done(null, { user: username });
        },
      },
    });
    await mailer(smtpAt(port, { auth: { user: "me", pass: "s%e:c@ret" } })).send(message());
    expect(seen).toEqual([["me", "s%e:c@ret"]]);
    expect(received).toHaveLength(1);
  });
});

describe("no header can be smuggled in", () => {
  const attacks: [string, Partial<Message>][] = [
    ["by the subject", { subject: "Hello\r\nBcc: evil@example.net\r\n\r\n<b>body</b>" }],
    ["by the receiver's name", { to: { name: "Ada\r\nBcc: evil@example.net", address: "ada@example.com" } }],
    ["by quotes in the name", { to: { name: '"Ada" <evil@example.net>, "B', address: "ada@example.com" } }],
    ["by a group in the name", { to: { name: "x: evil@example.net;", address: "ada@example.com" } }],
    [
      "by an encoded word in the name",
      { to: { name: "=?utf-8?q?=0D=0ABcc:_evil@example.net?=", address: "ada@example.com" } },
    ],
    [
      "by a Unicode line separator in the name",
      { to: { name: "Ada\u2028Bcc: evil@example.net", address: "ada@example.com" } },
    ],
    ["by the site's name", { from: { name: "Talk\nBcc: evil@example.net", address: "talk@example.org" } }],
    ["by a header's value", { headers: { "X-Kind": "a\r\nBcc: evil@example.net" } }],
    ["by a header's name", { headers: { "Bcc: evil@example.net\r\nX-Kind": "a" } }],
    ["by the message id", { messageId: "one@talk.example.org>\r\nBcc: evil@example.net\r\nX-A: <a" }],
  ];
  it.each(attacks)("%s", async (_, about) => {
    const { port, received } = await sink();
    await mailer(smtpAt(port)).send(message(about));
    const [mail] = received;
    expect(mail?.to).toEqual(["ada@example.com"]);
    expect(addressesOf(mail?.mail.to)).toHaveLength(1);
    expect(mail?.mail.bcc).toBeUndefined();
    expect(mail?.mail.cc).toBeUndefined();
    const head = mail?.raw.split("\r\n\r\n")[0] ?? "";
    expect(head).not.toMatch(/^(bcc|cc):/im);
    expect(mail?.mail.text).toContain("https://talk.example.org/reset-password");
  });

  const addresses = [
    "evil@example.net\r\nBcc: b@example.net",
    "ada@example.com, b@example.net",
    "x: evil@example.net;",
    "ada@example.com>\r\nRCPT TO:<b@example.net",
    "Ada <ada@example.com>",
    "ada@[127.0.0.1]",
    "ada@localhost",
    "",
  ];
  it.each(addresses)("by the address %j, which is refused before anything is said", async (address) => {
    const { port, received } = await sink();
    const fault = await faultOf(mailer(smtpAt(port)).send(message({ to: { name: "", address } })));
    expect(fault.permanent).toBe(true);
    expect(received).toEqual([]);
  });
});

describe("a server that", () => {
  it("is down is a fault that passes", async () => {
    const closed = await startSink();
    await closed.close();
    const fault = await faultOf(mailer(smtpAt(closed.port)).send(message()));
    expect(fault).toMatchObject({ permanent: false, recipient: false });
    expect(fault.message).toMatch(/could not be used \(.*ECONNREFUSED/);
  });

  it("has a name nobody knows is a fault that passes", async () => {
    const fault = await faultOf(mailer(smtpAt(25, { host: "no-such-host.invalid" }), shortPatience).send(message()));
    expect(fault.permanent).toBe(false);
  });

  it("refuses everybody at the door is a refusal for good, but not this recipient's", async () => {
    const { port } = await raw((socket) => socket.end("554 5.3.2 Not here\r\n"));
    const fault = await faultOf(mailer(smtpAt(port)).send(message()));
    expect(fault.recipient).toBe(false);
    expect(fault.message).toContain("Not here");
  });

  it("hangs before its greeting is given up", async () => {
    const { port } = await raw(() => {});
    const fault = await faultOf(mailer(smtpAt(port), 200).send(message()));
    expect(fault.permanent).toBe(false);
    expect(fault.message).toMatch(/in time|could not be used/);
  });

  it("trickles one letter at a time is given up too", async () => {
    const { port } = await raw((socket) => {
      const trickle = setInterval(() => socket.write("2"), 20);
      socket.on("close", () => clearInterval(trickle));
    });
    const fault = await faultOf(mailer(smtpAt(port), 300).send(message()));
    expect(fault.message).toBe("The mail server did not answer in time.");
  });

  it("hangs after it took the mail is given up, and the next mail goes through", async () => {
    const { port, received } = await sink({ onTaken: ({ nth, hang }) => void (nth === 1 && hang()) });
    const one = mailer(smtpAt(port), shortPatience);
    expect((await faultOf(one.send(message()))).permanent).toBe(false);
    await one.send(message({ messageId: "two@talk.example.org" }));
    expect(received.map(({ mail }) => mail.messageId)).toEqual(["<one@talk.example.org>", "<two@talk.example.org>"]);
  });

  it("puts a mail off (4xx) and takes it later", async () => {
    const { port, received } = await sink({
      rcpt: (_, nth) => (nth === 1 ? { code: 451, words: "Greylisted, come back" } : undefined),
    });
    const one = mailer(smtpAt(port));
    const fault = await faultOf(one.send(message()));
    expect(fault).toMatchObject({ permanent: false, recipient: false });
    expect(fault.message).toMatch(/put the mail off: 451.*Greylisted/);
    await one.send(message());
    expect(received).toHaveLength(1);
  });

  it("does not know the recipient (5xx) is a refusal for good, of this recipient", async () => {
    const { port, received } = await sink({ rcpt: () => ({ code: 550, words: "5.1.1 No such user" }) });
    expect(await faultOf(mailer(smtpAt(port)).send(message()))).toMatchObject({ permanent: true, recipient: true });
    expect(received).toEqual([]);
  });

  it("does not like the mail (5xx after it) is a refusal for good, not of the recipient", async () => {
    const { port } = await sink({ data: () => ({ code: 554, words: "5.7.1 Looks like spam" }) });
    expect(await faultOf(mailer(smtpAt(port)).send(message()))).toMatchObject({ permanent: true, recipient: false });
  });

  it("closes in the middle is a fault that passes, and the mail is not sent a second time by itself", async () => {
    let asked = 0;
    const { port, received } = await sink({
      onTaken: ({ cut }) => {
        asked++;
        cut();
      },
    });
    const fault = await faultOf(mailer(smtpAt(port), shortPatience).send(message()));
    expect(fault.permanent).toBe(false);
    expect(asked).toBe(1);
    expect(received).toHaveLength(1);
  });

  it("does not know our password is our fault, not the mail's", async () => {
    const { port } = await sink({
      options: {
        allowInsecureAuth: true,
        authOptional: false,
        onAuth: (_, __, done) => done(Object.assign(new Error("5.7.8 Bad credentials"), { responseCode: 535 })),
      },
    });
    const fault = await faultOf(mailer(smtpAt(port, { auth: { user: "me", pass: "wrong-pass" } })).send(message()));
    expect(fault).toMatchObject({ permanent: false, recipient: false });
    expect(fault.message).toMatch(/user or password in SMTP_URL/);
    expect(fault.message).not.toContain("wrong-pass");
  });

  it("repeats our mail in its refusal does not get an address or a token into the log", async () => {
    const token = "t0ken".repeat(9);
    const { port } = await sink({
      rcpt: () => ({ code: 550, words: `ada@example.com said https://x/?token=${token}` }),
    });
    const { message: words } = await faultOf(mailer(smtpAt(port)).send(message()));
    expect(words).not.toContain(token);
    expect(words).not.toContain("ada@example.com");
  });
});

describe("TLS", () => {
  it("with a certificate nobody vouches for: nothing is sent (smtps)", async () => {
    const { port, received } = await sink({ options: { secure: true } });
    const fault = await faultOf(mailer(smtpAt(port, { implicitTls: true, ignoreTls: false })).send(message()));
    expect(fault.permanent).toBe(false);
    expect(received).toEqual([]);
  });

  it("with a certificate nobody vouches for: nothing is sent (offered after connecting)", async () => {
    const { port, received } = await sink({ options: { disabledCommands: [] } });
    await faultOf(mailer(smtpAt(port, { ignoreTls: false })).send(message()));
    expect(received).toEqual([]);
  });

  it("that is asked for and not offered: nothing is sent, and no password said", async () => {
    let asked = 0;
    const { port, received } = await sink({
      options: {
        allowInsecureAuth: true,
        onAuth: (_, __, done) => {
          asked++;
          done(null, { user: "me" });
        },
      },
    });
    const settings = smtpAt(port, { requireTls: true, ignoreTls: false, auth: { user: "me", pass: "secret" } });
    await faultOf(mailer(settings).send(message()));
    expect(received).toEqual([]);
    expect(asked).toBe(0);
  });
});

describe("stopping", () => {
  it("breaks off a mail that hangs, when it is told to", async () => {
    const stop = new AbortController();
    const { port } = await raw(() => stop.abort());
    const fault = await faultOf(mailer(smtpAt(port)).send(message(), { signal: stop.signal }));
    expect(fault.permanent).toBe(false);
  });
});
