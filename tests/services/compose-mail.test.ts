// From a wish to a mail: who gets it, as things are when it is sent, and which link it carries.
import { describe, expect, it } from "vitest";
import { linkLife, type MailWish } from "@/lib/domain/mail";
import { env } from "@/lib/env";
import { composeMail } from "@/lib/services/compose-mail";
import { inTransaction } from "@/lib/store/client";
import { type TokenPurpose, useToken } from "@/lib/store/one-time-tokens";
import { aPerson } from "@/tests/jobs/arrange";
import { freshDatabase } from "@/tests/support/database";
import { withoutRateLimits } from "./arrange";

const db = freshDatabase();
withoutRateLimits();

let seeds = 0;
const newSeed = () => `seed-${++seeds}`.padEnd(43, "s");

async function sent(wish: MailWish, seed = newSeed()) {
  const message = await composeMail({ wish, seed, first: true });
  if (typeof message === "string") throw new Error(`Nothing was sent: ${message}.`);
  return message;
}

const silence = async (wish: MailWish) => {
  const message = await composeMail({ wish, seed: newSeed(), first: true });
  return typeof message === "string" ? message : `sent to ${message.to.address}`;
};

const tokenIn = (text: string) => /token=([\w-]+)/.exec(text)?.[1] ?? "";

describe("a mail goes", () => {
  it("to the member's address, by name", async () => {
    const ada = await aPerson(db, { name: "Ada Lovelace" });
    const { to, text } = await sent({ kind: "passwordChanged", userId: ada.userId });
    expect(to).toEqual({ name: "Ada Lovelace", address: ada.email });
    expect(text).toContain("Hello Ada Lovelace,");
  });

  const unproven: MailWish["kind"][] = ["verifyEmail", "addressTaken", "resetPassword"];
  it.each(unproven)("without the name they chose while nobody knows whose address it is (%s)", async (kind) => {
    const name = `Cheap ${kind} pills at pills.example`;
    const { userId, email } = await aPerson(db, { verified: false, name });
    const { to, subject, text, html } = await sent({ kind, userId } as MailWish);
    expect(to).toEqual({ name: "", address: email });
    expect([subject, text, html].join()).not.toContain("pills");
  });

  it("to the new address, without the name, when that is to be confirmed", async () => {
    const ada = await aPerson(db, { name: "Cheap pills" });
    const message = await sent({ kind: "changeEmail", userId: ada.userId, email: "new@example.com" });
    expect(message.to).toEqual({ name: "", address: "new@example.com" });
    expect(message.text).not.toContain("pills");
  });

  it("to the old address when it was changed", async () => {
    const ada = await aPerson(db);
    const message = await sent({ kind: "emailChanged", userId: ada.userId, oldEmail: "old@example.com" });
    expect(message.to.address).toBe("old@example.com");
  });

  it("to somebody who has left, once", async () => {
    const message = await sent({ kind: "left", email: "gone@example.com", displayName: "Gone" });
    expect(message.to).toEqual({ name: "", address: "gone@example.com" });
  });

  it("from the site, with an id at its host", async () => {
    const ada = await aPerson(db);
    const { from, messageId } = await sent({ kind: "passwordChanged", userId: ada.userId });
    const { hostname } = new URL(env().publicOrigin);
    expect(from).toEqual({ name: "Colloquy", address: `noreply@${hostname}` });
    expect(messageId).toMatch(new RegExp(`^[\\w-]{43}@${hostname}$`));
  });
});

describe("nothing is sent", () => {
  it("to nobody: no such member, one who left, one without an address", async () => {
    expect(await silence({ kind: "resetPassword", userId: 999_999 })).toBe("nobody");
    const gone = await aPerson(db);
    await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.userId]);
    expect(await silence({ kind: "resetPassword", userId: gone.userId })).toBe("nobody");
    const mute = await aPerson(db);
    await db.sql("UPDATE users SET email = NULL, email_verified_at = NULL WHERE id = $1", [mute.userId]);
    expect(await silence({ kind: "passwordChanged", userId: mute.userId })).toBe("nobody");
  });

  it("to confirm what was confirmed meanwhile", async () => {
    const ada = await aPerson(db);
    expect(await silence({ kind: "verifyEmail", userId: ada.userId })).toBe("not needed");
  });

  it("but security mail before an address is confirmed (R33)", async () => {
    const ada = await aPerson(db, { verified: false });
    expect(await silence({ kind: "exportReady", userId: ada.userId, exportId: 1 })).toBe("not needed");
    expect(await silence({ kind: "passwordChanged", userId: ada.userId })).toBe(`sent to ${ada.email}`);
  });
});

describe("the link in a mail", () => {
  const links: [MailWish["kind"], TokenPurpose, keyof typeof linkLife][] = [
    ["verifyEmail", "VERIFY_EMAIL", "verifyEmail"],
    ["resetPassword", "RESET_PASSWORD", "resetPassword"],
    ["changeEmail", "CHANGE_EMAIL", "changeEmail"],
    ["emailChanged", "UNDO_EMAIL", "undoEmail"],
  ];
  it.each(links)(
    "of %s is good for its purpose, for the address it went to, for its time",
    async (kind, purpose, life) => {
      const { userId } = await aPerson(db, { verified: kind !== "verifyEmail" });
      const about = { userId, email: "x@example.com", oldEmail: "x@example.com" };
      const { text, to } = await sent({ kind, ...about } as MailWish);
      const [row] = await db.sql(
        "SELECT extract(epoch FROM expires_at - now()) * 1000 AS left FROM one_time_tokens WHERE user_id = $1",
        [userId],
      );
      expect(Number(row?.left)).toBeGreaterThan(linkLife[life] - 60_000);
      expect(Number(row?.left)).toBeLessThanOrEqual(linkLife[life]);
      const token = tokenIn(text);
      expect(await inTransaction((tx) => useToken(tx, { purpose, token }))).toEqual({ userId, email: to.address });
    },
  );

  it("is the same when the mail is made again, and not revived once it was used", async () => {
    const ada = await aPerson(db);
    const seed = newSeed();
    const wish: MailWish = { kind: "resetPassword", userId: ada.userId };
    const first = await sent(wish, seed);
    expect(await sent(wish, seed)).toEqual(first);
    const use = () => inTransaction((tx) => useToken(tx, { purpose: "RESET_PASSWORD", token: tokenIn(first.text) }));
    expect(await use()).not.toBeNull();
    await sent(wish, seed);
    expect(await use()).toBeNull();
  });

  it("cannot be made from what is in the queue without the site's secret", async () => {
    const ada = await aPerson(db);
    const seed = newSeed();
    const { text, messageId } = await sent({ kind: "resetPassword", userId: ada.userId }, seed);
    expect(tokenIn(text)).toHaveLength(43);
    expect(tokenIn(text)).not.toBe(seed);
    expect(messageId).not.toContain(seed);
    expect(messageId.split("@")[0]).not.toBe(tokenIn(text));
  });
});
