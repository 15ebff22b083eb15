// Processes of one site tell each other what is stale: over the real Postgres, and over a real Redis where there is one.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { env } from "@/lib/env";
import { BusHearers } from "@/lib/store/bus-hearers";
import { acknowledgements, messagesFor, readMessage } from "@/lib/store/bus-message";
import { announceAll, joinPurgeBus, type PurgeBus } from "@/lib/store/purge-bus";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

interface Member extends PurgeBus {
  heard: (string | "all")[];
  isHeard: boolean;
  /** What it waits for before it says that it has done what it heard. */
  busy: Promise<void>;
}

let members = 0;

/** A process that has joined and hears. */
async function joined(redisUrl?: string): Promise<Member> {
  const member = { heard: [] as string[], isHeard: false, busy: Promise.resolve() };
  const bus = joinPurgeBus({
    name: `process-${++members}`,
    onPurge: (keys) => {
      member.heard.push(...(keys === "all" ? ["all"] : keys));
      return member.busy;
    },
    onHeard: (isHeard) => {
      member.isHeard = isHeard;
    },
    redisUrl,
    // On a busy machine nobody is given up.
    patience: 30_000,
  });
  onTestFinished(() => bus.close());
  await until("a process to join the bus", () => member.isHeard);
  member.heard.length = 0;
  return Object.assign(member, bus);
}

function behaviour(redisUrl: () => string | undefined, cutOff: () => Promise<void>) {
  it("what one announces, all others hear, and it does not hear itself", async () => {
    const [a, b, c] = [await joined(redisUrl()), await joined(redisUrl()), await joined(redisUrl())];
    await a.announce(["article-1", "front"]);
    for (const other of [b, c]) {
      await until("the others to hear", () => other.heard.length > 0);
      expect(other.heard).toEqual(["article-1", "front"]);
    }
    expect(a.heard).toEqual([]);
  });

  it("who announces waits until all others have done it, but for nobody who has left", async () => {
    const [a, b] = [await joined(redisUrl()), await joined(redisUrl())];
    // From b's first word on, a waits for it.
    await until("a to know b", async () => {
      await a.announce(["before"]);
      return b.heard.includes("before");
    });
    let free = () => {};
    b.busy = new Promise((resolve) => {
      free = resolve;
    });
    const order: string[] = [];
    const announced = a.announce(["article-1"]).then(() => order.push("answered"));
    await until("b to hear", () => b.heard.includes("article-1"));
    order.push("done");
    free();
    await announced;
    expect(order).toEqual(["done", "answered"]);
    b.busy = new Promise(() => {});
    const leaving = a.announce(["article-2"]);
    await until("b to hear", () => b.heard.includes("article-2"));
    await b.close();
    await leaving;
  });

  it("a storm arrives as few messages, none larger than the way takes", async () => {
    const [a, b] = [await joined(redisUrl()), await joined(redisUrl())];
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => a.announce([`article-${n}`])));
    await until("the last key", () => b.heard.includes("article-1999") || b.heard.includes("all"));
    await a.announce(Array.from({ length: 20_000 }, (_, n) => `article-with-a-long-name-${n}`));
    await until("all", () => b.heard.includes("all"));
  });

  it("a lost connection is noticed and made again; then everything counts as stale, and what could not be told is told", async () => {
    const [a, b] = [await joined(redisUrl()), await joined(redisUrl())];
    await cutOff();
    await until("the loss to be noticed", () => !a.isHeard || a.heard.includes("all"));
    await a.announce(["article-1"]);
    await until("both to hear again", () => a.isHeard && b.isHeard);
    await until("b to hear what it missed", () => b.heard.includes("all"));
    b.heard.length = 0;
    await until("the bus to carry again", async () => {
      await a.announce(["article-2"]);
      return b.heard.includes("article-2");
    });
  });

  it("a program that is no process of the site tells all of them that all is stale, and goes on when they have done it", async () => {
    const [a, b] = [await joined(redisUrl()), await joined(redisUrl())];
    let free = () => {};
    b.busy = new Promise((resolve) => {
      free = resolve;
    });
    const order: string[] = [];
    const told = announceAll(redisUrl()).then(() => order.push("told"));
    await until("the word", () => b.heard.includes("all"));
    order.push("done");
    free();
    await told;
    expect(order).toEqual(["done", "told"]);
    expect(a.heard).toContain("all");
  });
}

describe("over Postgres", () => {
  behaviour(
    () => undefined,
    async () => {
      // A role may end its own connections.
      const client = new pg.Client({ connectionString: db.applicationUrl });
      await client.connect();
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'colloquy bus' AND datname = current_database()",
      );
      await client.end();
    },
  );

  it("nobody waits for a database that is away", async () => {
    const away = joinPurgeBus({
      name: "alone",
      onPurge: async () => {},
      onHeard: () => {},
      redisUrl: "redis://127.0.0.1:1",
    });
    const began = Date.now();
    await away.announce(["article-1"]);
    expect(Date.now() - began).toBeLessThan(1_000);
    await announceAll("redis://127.0.0.1:1");
    await away.close();
    expect(env().databaseUrl).toBeDefined();
  });
});

const program = ["redis-server", "valkey-server"].find((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

describe(`over Redis${program ? "" : " (did not run: no redis-server here; Debian has it as a package)"}`, () => {
  if (!program) {
    it("is only tried where there is one", () => expect(program).toBeUndefined());
    return;
  }
  let server: ChildProcess;
  let folder: string;
  let port: number;

  const start = async () => {
    const quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", folder];
    server = spawn(program, ["--port", String(port), ...quiet], { stdio: "ignore" });
  };
  const stop = async () => {
    const ended = new Promise((resolve) => server.once("close", resolve));
    server.kill("SIGKILL");
    await ended;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "colloquy-redis-"));
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });
  behaviour(
    () => `redis://127.0.0.1:${port}/3`,
    async () => {
      await stop();
      await start();
    },
  );
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

describe("messages", () => {
  it.each<[string, string[], number | "all"]>([
    ["few keys go in one", ["article-1", "front"], 1],
    ["many go in several", Array.from({ length: 1_000 }, (_, n) => `article-${n}`), 2],
    ["too many are all", Array.from({ length: 10_000 }, (_, n) => `article-${n}`), "all"],
    ["a key that fits nowhere is all", ["x".repeat(8_000)], "all"],
    ["none need none", [], 0],
  ])("%s", (_, keys, expected) => {
    let count = 0;
    const messages = messagesFor("process-1", keys, () => ++count);
    for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThan(8_000);
    const read = messages.map(readMessage);
    expect(read.map(({ number }) => number)).toEqual(messages.map((_, index) => index + 1));
    if (expected === "all") expect(read.map(({ keys: said }) => said)).toEqual(["all"]);
    else expect([messages.length, read.flatMap(({ keys: said }) => said)]).toEqual([expected, keys]);
  });

  it("acknowledgements of a storm fit as well, and are read as they were written", () => {
    const numbers = Array.from({ length: 1_000 }, (_, n) => n + 1_000_000);
    const messages = acknowledgements(
      "process-1",
      new Map([
        ["process-2", numbers],
        ["process-3", [1]],
      ]),
    );
    for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThan(8_000);
    const read = messages.map(readMessage);
    expect(read.flatMap(({ heard }) => heard?.get("process-2") ?? [])).toEqual(numbers);
    expect(read.flatMap(({ heard }) => heard?.get("process-3") ?? [])).toEqual([1]);
    expect(read.flatMap(({ keys }) => keys)).toEqual([]);
  });

  it.each(["", "null", "[]", "{", '{"from":"x"}', '{"keys":"all"}', '{"from":1,"keys":{}}'])(
    "one that cannot be understood, %s, may mean anything",
    (text) => {
      expect(readMessage(text).keys).toBe("all");
    },
  );

  it("one of a version that does not acknowledge asks for nothing", () => {
    expect(readMessage('{"from":"x","keys":["front"]}')).toEqual({ from: "x", keys: ["front"] });
  });
});

describe("who has heard", () => {
  /** The names of what is settled after everything that can be is. */
  async function settled(promises: Record<string, Promise<void>>): Promise<string[]> {
    const names: string[] = [];
    for (const [name, promise] of Object.entries(promises)) void promise.then(() => names.push(name));
    await new Promise((resolve) => setImmediate(resolve));
    return names;
  }

  it("nobody is waited for where nobody else is", async () => {
    const hearers = new BusHearers();
    hearers.next();
    expect(await settled({ first: hearers.all() })).toEqual(["first"]);
  });

  it("everybody who was there is, and each message by itself", async () => {
    const hearers = new BusHearers();
    hearers.hear("b");
    hearers.hear("c");
    const one = hearers.next();
    const first = hearers.all();
    const two = hearers.next();
    const second = hearers.all();
    hearers.hear("b", [one, two]);
    expect(await settled({ first, second })).toEqual([]);
    hearers.hear("c", [one]);
    expect(await settled({ first, second })).toEqual(["first"]);
    hearers.hear("c", [two]);
    expect((await settled({ first, second })).sort()).toEqual(["first", "second"]);
  });

  it("who is given up or leaves is waited for again after a word of theirs only", async () => {
    const hearers = new BusHearers();
    hearers.hear("b");
    hearers.hear("c");
    hearers.next();
    const first = hearers.all();
    hearers.leave("c");
    hearers.giveUp();
    hearers.next();
    expect((await settled({ first, second: hearers.all() })).sort()).toEqual(["first", "second"]);
    hearers.hear("b");
    const third = hearers.next();
    const waited = hearers.all();
    expect(await settled({ waited })).toEqual([]);
    hearers.hear("b", [third]);
    expect(await settled({ waited })).toEqual(["waited"]);
  });
});
