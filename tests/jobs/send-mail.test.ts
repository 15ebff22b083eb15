// Mail by the queue: at least once when its cause was committed, never when it was not, and the same mail each time (R86, F2, F11).
import pino from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { mailWishSchema } from "@/lib/domain/mail";
import { env } from "@/lib/env";
import { sendMailJob } from "@/lib/jobs/send-mail";
import { tasks } from "@/lib/jobs/tasks";
import { once } from "@/lib/once";
import { database, inTransaction } from "@/lib/store/client";
import { enqueue } from "@/lib/store/jobs";
import { peekToken } from "@/lib/store/one-time-tokens";
import { startSink } from "@/tests/mail/sink";
import { freshDatabase } from "@/tests/support/database";
import {
  aPerson,
  emptyQueue,
  endMailServers,
  letTimePass,
  mailServer,
  sendThrough,
  tokenIn,
  waiting,
  wishFor,
  workOff,
} from "./arrange";

const db = freshDatabase();
endMailServers();

const logged: string[] = [];
once("log", () => pino({ level: "trace" }, { write: (line) => logged.push(line) }));

beforeEach(async () => {
  await emptyQueue(db);
  env().rateLimitFactor = 1;
});

const ids = (received: { mail: { messageId?: string } }[]) => received.map(({ mail }) => mail.messageId);

describe("a wish", () => {
  it("that was committed is sent once, with a link that works", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await workOff();
    await workOff();
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toEqual([ada.email]);
    const token = tokenIn(received[0]?.mail.text);
    expect(await peekToken(database(), { purpose: "RESET_PASSWORD", token })).toEqual({
      userId: ada.userId,
      email: ada.email,
    });
    expect(await waiting(db)).toEqual([]);
  });

  it("that was rolled back with its cause is never sent", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    const undone = inTransaction(async (tx) => {
      await enqueue(tx, { task: "send-mail", payload: { kind: "resetPassword", userId: ada.userId } });
      throw new Error("the cause failed");
    });
    await expect(undone).rejects.toThrow("the cause failed");
    await workOff();
    expect(received).toEqual([]);
    expect(await waiting(db)).toEqual([]);
  });

  it("of somebody who is gone by then is done without a mail", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await wishFor({ kind: "passwordChanged", userId: 999_999 });
    await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ada.userId]);
    await workOff();
    expect(received).toEqual([]);
    expect(await waiting(db)).toEqual([]);
  });

  it("that this version does not understand stays in the queue and stops nobody", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await db.sql(`SELECT graphile_worker.add_job('send-mail', '{"kind":"birthday","userId":1}', priority => -100)`);
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await workOff();
    expect(received).toHaveLength(1);
    expect(await waiting(db)).toMatchObject([{ attempts: 1 }]);
  });
});

describe("a mail server that fails", () => {
  it("is tried again later, with pauses that grow, and the mail arrives when it is back", async () => {
    const gone = await startSink();
    await gone.close();
    sendThrough(gone.port);
    const ada = await aPerson(db);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      await workOff();
      const [job] = await waiting(db);
      expect(job).toMatchObject({ attempts: attempt, max_attempts: 12 });
      pauses.push(job?.pause ?? 0);
      await letTimePass(db);
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeGreaterThan(1);
    expect(pauses[3]).toBeGreaterThan(40);
    const { received } = await mailServer();
    await workOff();
    expect(received).toHaveLength(1);
    const token = tokenIn(received[0]?.mail.text);
    expect(await peekToken(database(), { purpose: "RESET_PASSWORD", token })).not.toBeNull();
  });

  it("after it took the mail makes one extra copy, with the same id and the same link, which works", async () => {
    const { received } = await mailServer({ onTaken: ({ nth, cut }) => void (nth === 1 && cut()) });
    const ada = await aPerson(db);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await workOff();
    expect(await waiting(db)).toMatchObject([{ attempts: 1 }]);
    await letTimePass(db);
    await workOff();
    await workOff();
    expect(received).toHaveLength(2);
    expect(new Set(ids(received)).size).toBe(1);
    const tokens = received.map(({ mail }) => tokenIn(mail.text));
    expect(tokens[0]).toBe(tokens[1]);
    expect(await peekToken(database(), { purpose: "RESET_PASSWORD", token: tokens[0] ?? "" })).not.toBeNull();
  });

  it("gives every mail another id and another link", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await workOff();
    expect(new Set(ids(received)).size).toBe(2);
    const [first, second] = received.map(({ mail }) => tokenIn(mail.text));
    const peek = (token = "") => peekToken(database(), { purpose: "RESET_PASSWORD", token });
    expect(await peek(first)).toBeNull();
    expect(await peek(second)).not.toBeNull();
  });

  it("by putting mails off (4xx) is asked again, and takes it", async () => {
    const { received } = await mailServer({
      rcpt: (_, nth) => (nth <= 2 ? { code: 450, words: "Try later" } : undefined),
    });
    const ada = await aPerson(db);
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    for (let round = 0; round < 3; round++) {
      await workOff();
      await letTimePass(db);
    }
    expect(received).toHaveLength(1);
    expect(await waiting(db)).toEqual([]);
  });

  it("by refusing for good (5xx) is believed after three times; after two such mails the address is left in peace", async () => {
    let asked = 0;
    const { received } = await mailServer({
      rcpt: (address) => {
        asked++;
        return address.startsWith("nobody") ? { code: 550, words: "No such user" } : undefined;
      },
    });
    const ada = await aPerson(db);
    await db.sql("UPDATE users SET email = 'nobody@example.com' WHERE id = $1", [ada.userId]);
    for (let mail = 1; mail <= 2; mail++) {
      await wishFor({ kind: "passwordChanged", userId: ada.userId });
      for (let round = 0; round < 6; round++) {
        await workOff();
        await letTimePass(db);
      }
      expect(asked).toBe(mail * 3);
      expect((await waiting(db)).at(-1)).toMatchObject({ attempts: 3, max_attempts: 3 });
    }
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await workOff();
    expect(asked).toBe(6);
    expect(await waiting(db)).toHaveLength(2);
    const bo = await aPerson(db);
    await wishFor({ kind: "passwordChanged", userId: bo.userId });
    await workOff();
    expect(received.map(({ to }) => to)).toEqual([[bo.email]]);
  });
});

describe("one address", () => {
  it("gets no more than its share of a day, and repeats of one mail count once", async () => {
    env().rateLimitFactor = 0.03;
    const { received } = await mailServer({
      rcpt: (_, nth) => (nth === 1 ? { code: 450, words: "Later" } : undefined),
    });
    const ada = await aPerson(db);
    for (let mail = 0; mail < 5; mail++) await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await workOff();
    await letTimePass(db);
    await workOff();
    expect(received).toHaveLength(3);
    expect(await waiting(db)).toEqual([]);
    const bo = await aPerson(db);
    await wishFor({ kind: "passwordChanged", userId: bo.userId });
    await workOff();
    expect(received).toHaveLength(4);
  });
});

describe("a queue of a thousand", () => {
  it("lets security mails pass (R75)", async () => {
    const ada = await aPerson(db);
    await inTransaction(async (tx) => {
      for (let n = 1; n <= 1_000; n++) {
        await enqueue(tx, { task: "send-mail", payload: { kind: "exportReady", userId: ada.userId, exportId: n } });
      }
    });
    await wishFor({ kind: "newDevice", userId: ada.userId, device: "Firefox", at: "2026-11-23T12:00:00Z" });
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    const order: unknown[] = [];
    await workOff({ "send-mail": (payload) => void order.push(payload) });
    expect(order).toHaveLength(1_002);
    expect(order.slice(0, 2)).toMatchObject([{ kind: "newDevice" }, { kind: "resetPassword" }]);
  });
});

describe("secrets", () => {
  it("of links are neither in the queue nor in the log, whatever happens", async () => {
    logged.length = 0;
    let answers = 0;
    const { received } = await mailServer({
      onTaken: ({ nth, cut }) => void (nth === 1 && cut()),
      data: () => (++answers === 2 ? { code: 451, words: `I do not like ${"x".repeat(30)}` } : undefined),
    });
    const ada = await aPerson(db);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    const dumps: string[] = [];
    const dump = async () => {
      for (const table of ["_private_jobs", "jobs"]) {
        dumps.push(JSON.stringify(await db.sql(`SELECT j::text FROM graphile_worker.${table} j`)));
      }
    };
    for (let round = 0; round < 3; round++) {
      await dump();
      await workOff();
      await dump();
      await letTimePass(db);
    }
    expect(received.length).toBeGreaterThanOrEqual(2);
    const token = tokenIn(received[0]?.mail.text);
    const messageId = received[0]?.mail.messageId?.slice(1, 44) ?? "";
    const everything = dumps.join("\n") + logged.join("\n");
    expect(everything).toContain("resetPassword");
    for (const secret of [token, messageId, Buffer.from(token, "base64url").toString("hex")]) {
      expect(secret.length).toBeGreaterThan(40);
      expect(everything).not.toContain(secret);
    }
    expect(logged.join("\n")).not.toContain(ada.email);
  });
});

it("a link to set a new password goes before ten thousand mails about replies (R75)", async () => {
  const { received } = await mailServer();
  const ada = await aPerson(db);
  const bulk = JSON.stringify({ kind: "reply", userId: ada.userId, commentId: "1", seed: "s".repeat(43) });
  await db.sql("SELECT graphile_worker.add_job('send-mail', $1::json) FROM generate_series(1, 10000)", [bulk]);
  await wishFor({ kind: "resetPassword", userId: ada.userId });
  const order: string[] = [];
  await workOff({
    ...tasks,
    "send-mail": async (payload, helpers) => {
      order.push(mailWishSchema.parse(payload).kind);
      await sendMailJob(payload, helpers);
      // What comes after needs not be waited for.
      await db.sql("DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL");
    },
  });
  expect(order[0]).toBe("resetPassword");
  expect(received.map(({ to }) => to)).toEqual([[ada.email]]);
});
