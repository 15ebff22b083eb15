// What an admin sees of the mail: what could not be sent and why, tried again or given up; and whether mail lies there that nobody takes.
import { beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { readDeskMail, workOnMail } from "@/lib/services/desk-mail";
import { isReady } from "@/lib/services/readiness";
import { by, refusalOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aPerson, emptyQueue, endMailServers, letTimePass, mailServer, wishFor, workOff } from "./arrange";

const db = freshDatabase();
endMailServers();

beforeEach(async () => {
  await emptyQueue(db);
  env().rateLimitFactor = 1_000_000;
});

let admins = 0;

/** The request of an admin. */
async function anAdmin() {
  const { userId, handle } = await aPerson(db, { name: `Admin ${++admins}` });
  return by({
    kind: "member",
    userId,
    handle,
    displayName: handle,
    roles: ["ADMIN"],
    verified: true,
    visitorId: null,
    session: { id: 1, confirmedAt: new Date() },
    scopes: null,
  });
}

const refuses = { rcpt: () => ({ code: 550, words: "No such user" }) };

/** A mail that the mail server refused for good. */
async function aParkedMail() {
  const ada = await aPerson(db);
  await wishFor({ kind: "passwordChanged", userId: ada.userId });
  for (let round = 0; round < 3; round++) {
    await workOff();
    await letTimePass(db);
  }
  return ada;
}

describe("the desk", () => {
  it("shows what could not be sent, for whom and why, without address and token", async () => {
    await mailServer(refuses);
    const ctx = await anAdmin();
    expect(await readDeskMail(ctx)).toMatchObject({ parked: [], more: false, waiting: { count: 0, since: null } });
    const ada = await aParkedMail();
    const { parked } = await readDeskMail(ctx);
    expect(parked).toMatchObject([{ kind: "passwordChanged", handle: ada.handle, tries: 3 }]);
    expect(parked[0]?.reason).toBeTruthy();
    expect(JSON.stringify(parked)).not.toContain(ada.email);
  });

  it("says that mail is on its way while a mail server is away", async () => {
    await mailServer({ rcpt: () => ({ code: 450, words: "Later" }) });
    const ada = await aPerson(db);
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await wishFor(
      { kind: "moreReplies", userId: ada.userId, threadId: 1, from: 1 },
      { runAt: new Date(Date.now() + 3_600_000) },
    );
    await workOff();
    const { waiting, parked } = await readDeskMail(await anAdmin());
    expect(waiting).toMatchObject({ count: 1, since: expect.any(Date), reason: expect.any(String) });
    expect(parked).toEqual([]);
  });

  it("has a mail tried again from the beginning, and it arrives once the mail server takes it", async () => {
    let down = true;
    const { received } = await mailServer({ rcpt: () => (down ? { code: 550, words: "No" } : undefined) });
    const ada = await aParkedMail();
    const ctx = await anAdmin();
    const ids = (await readDeskMail(ctx)).parked.map(({ id }) => id);
    down = false;
    expect(await workOnMail(ctx, { ids, work: "retry" })).toBe(1);
    await workOff();
    expect(received.map(({ to }) => to)).toEqual([[ada.email]]);
    expect((await readDeskMail(ctx)).parked).toEqual([]);
    expect(await refusalOf(workOnMail(ctx, { ids, work: "retry" }))).toBe("not_found mail.gone");
    expect(await db.sql("SELECT kind, detail FROM audit_events ORDER BY id DESC LIMIT 1")).toEqual([
      { kind: "mailTriedAgain", detail: { count: 1 } },
    ]);
  });

  it("gives a mail up, and leaves alone what is still on its way", async () => {
    await mailServer(refuses);
    await aParkedMail();
    const ctx = await anAdmin();
    const ids = (await readDeskMail(ctx)).parked.map(({ id }) => id);
    await wishFor({ kind: "passwordChanged", userId: (await aPerson(db)).userId });
    const all = (await db.sql("SELECT id::text FROM graphile_worker._private_jobs")).map(({ id }) => String(id));
    expect(all).toHaveLength(2);
    expect(await workOnMail(ctx, { ids: all, work: "drop" })).toBe(1);
    expect(await db.sql("SELECT 1 FROM graphile_worker._private_jobs")).toHaveLength(1);
    expect(await refusalOf(workOnMail(ctx, { ids, work: "drop" }))).toBe("not_found mail.gone");
    expect(await db.sql("SELECT kind, detail FROM audit_events ORDER BY id DESC LIMIT 1")).toEqual([
      { kind: "mailGivenUp", detail: { count: 1 } },
    ]);
  });

  it("is open to nobody else", async () => {
    const stranger = by();
    expect(await refusalOf(readDeskMail(stranger))).toBe("forbidden forbidden.mail.manage");
    expect(await refusalOf(workOnMail(stranger, { ids: ["1"], work: "drop" }))).toBe("forbidden forbidden.mail.manage");
  });
});

describe("readiness (R90)", () => {
  const due = (minutes: number) =>
    db.sql(`UPDATE graphile_worker._private_jobs SET run_at = now() - $1 * interval '1 minute'`, [minutes]);

  it("ends when nobody takes mail: of security for a quarter of an hour, any for six hours", async () => {
    const { userId } = await aPerson(db);
    expect(await isReady()).toBe(true);
    await wishFor({ kind: "resetPassword", userId });
    await due(14);
    expect(await isReady()).toBe(true);
    await due(16);
    expect(await isReady()).toBe(false);
    await emptyQueue(db);
    expect(await isReady()).toBe(true);
    await wishFor({ kind: "reply", userId, commentId: "1" });
    await due(5 * 60);
    expect(await isReady()).toBe(true);
    await due(6 * 60 + 1);
    expect(await isReady()).toBe(false);
  });

  it("does not end with the mail server, nor for what was given up", async () => {
    await mailServer(refuses);
    await aParkedMail();
    await due(1_000);
    expect(await isReady()).toBe(true);
  });
});
