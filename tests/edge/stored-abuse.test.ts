// Stored pages and those who do not play by the rules: whatever they send, memory stays bounded and the others are served.
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { currentExchange } from "@/lib/edge/exchange";
import { purgePages } from "@/lib/edge/purge-pages";
import { type Ask, ask, type Handler, hear, open, openDoor, say, soon, statusOf } from "./door";

process.env.SECRET = "only for tests, and known to everybody";

const megabyte = 1_024 * 1_024;

/** What may stay of any attack: its sockets' buffers, the heap's slack, this test's own. The attacks would leave many times more. */
const slack = 24 * megabyte;

const body = `<!DOCTYPE html><p>${"Words that everybody reads, again and again. ".repeat(4_000)}</p>`;
const host = "Host: talk.example.org";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** Bytes in use, rubbish not counted. */
async function memory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await turn();
    if (typeof collect === "function") collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The bytes that `attack` leaves behind. */
async function leftBy(attack: () => Promise<unknown>): Promise<number> {
  const before = await memory();
  await attack();
  return (await memory()) - before;
}

/** A site all of whose pages may be stored under their own path's key. */
function siteOf(text = body): { handler: Handler; drawn: () => number } {
  let drawn = 0;
  return {
    drawn: () => drawn,
    handler: (request, response) => {
      drawn++;
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      const raw = currentExchange()?.response;
      raw?.setHeader("Surrogate-Control", "max-age=3600");
      raw?.setHeader("Surrogate-Key", `${path} everything`);
      raw?.setHeader("X-Colloquy-Query", "page");
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(text);
    },
  };
}

const small = { pages: { bytes: 4 * megabyte } };

/** Asks many times, a few at once. @returns the statuses met */
async function storm(port: number, count: number, asked: (n: number) => Ask): Promise<number[]> {
  const met = new Set<number>();
  let n = 0;
  const worker = async () => {
    while (n < count) met.add((await ask(port, { method: "HEAD", ...asked(n++) })).status);
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return [...met];
}

describe("memory stays bounded, and everybody is served, under", () => {
  it.each<[string, (n: number) => Ask, number, number]>([
    ["thousands of queries", (n) => ({ path: `/?x${n}=${n}&utm=${n}` }), 200, 1],
    ["thousands of values of a query that the page reads", (n) => ({ path: `/?page=${n}` }), 200, 400],
    ["thousands of addresses", (n) => ({ path: `/a/${n}` }), 200, 400],
    ["one path in thousands of spellings", (n) => ({ path: `/${spelt("colloquy", n)}` }), 200, 400],
    [
      "forged cookies",
      (n) => ({ headers: { cookie: `colloquy-session=${n}; colloquy-wrote=${n}.${n}.${n}` } }),
      200,
      2,
    ],
    ["ranges", (n) => ({ headers: { range: `bytes=${n}-` } }), 200, 1],
    ["thousands of codings", (n) => ({ headers: { "accept-encoding": `x${n}, y;q=0.${n % 1000}` } }), 200, 1],
    ["tags that nobody gave", (n) => ({ headers: { "if-none-match": `"${n}", `.repeat(300) } }), 200, 1],
  ])("%s", async (_, asked, status, drawings) => {
    const { handler, drawn } = siteOf();
    const door = await openDoor(handler, small);
    await ask(door.port);
    const left = await leftBy(async () => {
      expect(await storm(door.port, 400, asked)).toEqual([status]);
    });
    door.logged.length = 0;
    expect(left).toBeLessThan(slack);
    expect(drawn()).toBeLessThanOrEqual(drawings + 1);
  });

  it("a storm of purges, while all read", async () => {
    const { handler, drawn } = siteOf();
    const door = await openDoor(handler, small);
    await ask(door.port);
    const began = Date.now();
    const left = await leftBy(async () => {
      let calm = false;
      const purging = (async () => {
        for (let n = 0; !calm; n++) {
          await purgePages(["/", ...Array.from({ length: 50 }, (_, k) => `key-${n}-${k}`)]);
          await turn();
        }
      })();
      expect(await storm(door.port, 400, () => ({}))).toEqual([200]);
      calm = true;
      await purging;
    });
    expect(left).toBeLessThan(slack);
    // A few in quick succession, then four a second.
    expect(drawn()).toBeLessThan(6 + (4 * (Date.now() - began)) / 1_000);
  });

  it("pipelining by some who never read", async () => {
    const { handler } = siteOf("x".repeat(200_000));
    const door = await openDoor(handler, { limits: { idleMs: 60_000 } });
    await ask(door.port);
    const left = await leftBy(async () => {
      const sockets = Array.from({ length: 10 }, () => open(door.port));
      for (const socket of sockets) {
        socket.pause();
        socket.write(`GET / HTTP/1.1\r\n${host}\r\n\r\n`.repeat(2_000));
      }
      await storm(door.port, 200, () => ({}));
    });
    // The answers would be 4 GB.
    expect(left).toBeLessThan(slack);
  });

  it("slow readers of a large page", async () => {
    const { handler } = siteOf("x".repeat(2 * megabyte));
    const door = await openDoor(handler, { limits: { socketsPerNetwork: 200 } });
    await ask(door.port);
    const left = await leftBy(async () => {
      for (let n = 0; n < 100; n++) open(door.port, `GET / HTTP/1.1\r\n${host}\r\n\r\n`).pause();
      await soon(() => door.logged.length).toBeGreaterThan(0);
      expect(await storm(door.port, 50, () => ({ method: "HEAD" }))).toEqual([200]);
    });
    // All send the same bytes.
    expect(left).toBeLessThan(slack);
  });

  it("readers who leave while a page is drawn: the others get it, and it is drawn once", async () => {
    let release = () => {};
    const drawing = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { handler, drawn } = siteOf();
    const door = await openDoor(async (request, response) => {
      if (drawn() > 0) await drawing;
      await handler(request, response);
    });
    await ask(door.port);
    await purgePages(["/"]);
    const leavers = Array.from({ length: 30 }, () => open(door.port, `GET / HTTP/1.1\r\n${host}\r\n\r\n`));
    const stayer = ask(door.port, { headers: { "cache-control": "no-cache" } });
    await Promise.all(leavers.map((socket) => socket.connecting && once(socket, "connect")));
    for (const socket of leavers) socket.destroy();
    release();
    expect((await stayer).body).toBe(body);
    expect(drawn()).toBe(2);
  });
});

describe("a stored page, asked for oddly", () => {
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ["zstd, br;q=0", (bytes) => bytes],
    ["br;q=0, gzip", gunzipSync],
    ["identity;q=0, br;q=0.1, *;q=0", brotliDecompressSync],
    ["gzip;q=0.000, br;q=0.000", (bytes) => bytes],
    ["*;q=0", (bytes) => bytes],
    [";;;,,q=,=", (bytes) => bytes],
    ["br".repeat(1_000), (bytes) => bytes],
  ])("with Accept-Encoding: %.40s", async (accepted, unpack) => {
    const { handler } = siteOf();
    const door = await openDoor(handler);
    for (let n = 0; n < 2; n++) {
      const got = await ask(door.port, { headers: { "accept-encoding": accepted } });
      expect(unpack(got.bytes).toString()).toBe(body);
    }
  });

  it.each<[string, string, number]>([
    ["by HTTP/1.0", `GET / HTTP/1.0\r\n${host}\r\n\r\n`, 200],
    ["by HTTP/1.0 that wants to stay", `GET / HTTP/1.0\r\n${host}\r\nConnection: close\r\n\r\n`, 200],
    ["under another name", "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421],
    ["under two names", `GET / HTTP/1.1\r\n${host}\r\n${host}\r\nConnection: close\r\n\r\n`, 400],
    ["under none", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["with a body", `GET / HTTP/1.1\r\n${host}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc`, 400],
    ["with huge headers", `GET / HTTP/1.1\r\n${host}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["with many headers", `GET / HTTP/1.1\r\n${host}\r\n${"X: y\r\n".repeat(200)}Connection: close\r\n\r\n`, 431],
    ["by its whole address", `GET http://talk.example.org/ HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`, 400],
  ])("%s is judged as if it were not stored", async (_, words, status) => {
    const { handler } = siteOf();
    const door = await openDoor(handler);
    await ask(door.port);
    const answer = await say(door.port, words);
    expect(statusOf(answer)).toBe(status);
    if (status === 200) expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  });

  it("by very many requests in one breath: the connection ends, the others stay", async () => {
    const { handler } = siteOf("short");
    const door = await openDoor(handler, { limits: { pipelined: 3 } });
    await ask(door.port);
    const answer = await say(door.port, `GET / HTTP/1.1\r\n${host}\r\n\r\n`.repeat(500));
    expect(answer.split("short").length).toBeLessThan(500);
    expect((await ask(door.port)).body).toBe("short");
  });

  it("by several requests in one breath: each gets its answer, in their order", async () => {
    const { handler } = siteOf("short");
    const door = await openDoor(handler);
    await ask(door.port);
    const one = (path: string, more = "") => `GET ${path} HTTP/1.1\r\n${host}\r\n${more}\r\n`;
    const socket = open(door.port, one("/") + one("/fresh") + one("/") + one("/", "Connection: close\r\n"));
    const answers = (await hear(socket)).split("HTTP/1.1 ").slice(1);
    expect(answers.map((answer) => [answer.slice(0, 3), answer.endsWith("short")])).toEqual(
      Array(4).fill(["200", true]),
    );
  });
});

/** The word with some of its letters escaped: another spelling for each number. */
function spelt(word: string, n: number): string {
  return (
    [...word].map((letter, at) => ((n >> at) & 1 ? `%${letter.charCodeAt(0).toString(16)}` : letter)).join("") +
    (n >> 8)
  );
}
