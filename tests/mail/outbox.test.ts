// Without a mail server: files that any mail program opens.
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "@/lib/mail/message";
import { createOutboxMailer } from "@/lib/mail/outbox";
import { once } from "@/lib/once";
import { addressesOf } from "./sink";

const logged: string[] = [];
once("log", () => pino({ level: "trace" }, { write: (line) => logged.push(line) }));

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "colloquy-outbox-"));
  logged.length = 0;
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const message: Message = {
  from: { name: "Our Talk", address: "noreply@localhost" },
  to: { name: "Ada\r\nBcc: evil@example.net", address: "ada@example.com" },
  subject: "Grüße\r\nBcc: evil@example.net",
  text: "Zażółć\n\nhttps://talk.example.org/reset-password?token=abcdefghijklmnopqrstuvwxyz\n",
  html: "<p>Zażółć</p>",
  messageId: "one@talk.example.org",
};

const files = () => readdir(join(dataDir, "outbox"));

describe("the outbox", () => {
  it("holds a mail as a file that is whole and parses", async () => {
    await createOutboxMailer(dataDir).send(message);
    const [name, ...others] = await files();
    expect(others).toEqual([]);
    expect(name).toMatch(/^\d{8}T\d{9}Z-one\.eml$/);
    const bytes = await readFile(join(dataDir, "outbox", name ?? ""));
    const mail = await simpleParser(bytes);
    expect(mail.text).toBe(message.text);
    expect(mail.html).toBe(message.html);
    expect(mail.messageId).toBe("<one@talk.example.org>");
    expect(mail.bcc).toBeUndefined();
    expect(addressesOf(mail.to)).toMatchObject([{ address: "ada@example.com" }]);
    expect(bytes.toString("latin1")).not.toMatch(/[^\r]\n/);
  });

  it("is for its owner's eyes alone, since links in it open accounts", async () => {
    await createOutboxMailer(dataDir).send(message);
    const [name] = await files();
    expect((await stat(join(dataDir, "outbox"))).mode & 0o077).toBe(0);
    expect((await stat(join(dataDir, "outbox", name ?? ""))).mode & 0o077).toBe(0);
  });

  it("is told of in the log, by the file's path in the data folder and nothing of its content", async () => {
    await createOutboxMailer(dataDir).send(message);
    const [name] = await files();
    const line = logged.join("");
    expect(JSON.parse(line)).toMatchObject({ file: `outbox/${name}` });
    expect(line).toContain("SMTP_URL is not set");
    expect(line).not.toMatch(/ada@example\.com|abcdefghij/);
    expect(line).not.toContain(dataDir);
  });

  it("never takes a part of an id for a folder", async () => {
    await createOutboxMailer(dataDir).send({ ...message, messageId: "../../evil/x@talk.example.org" });
    expect(await files()).toHaveLength(1);
    expect(await readdir(dataDir)).toEqual(["outbox"]);
  });

  it("keeps every one of many mails at once", async () => {
    const mailer = createOutboxMailer(dataDir);
    const ids = Array.from({ length: 20 }, (_, n) => `mail-${n}@talk.example.org`);
    await Promise.all(ids.map((messageId) => mailer.send({ ...message, messageId })));
    expect((await files()).filter((name) => name.endsWith(".eml"))).toHaveLength(20);
    expect((await files()).filter((name) => !name.endsWith(".eml"))).toEqual([]);
  });

  it("that cannot be written fails, so that the mail is tried again", async () => {
    const broken = createOutboxMailer("/dev/null");
    await expect(broken.send(message)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});
