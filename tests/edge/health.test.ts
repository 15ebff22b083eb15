import { describe, expect, it } from "vitest";
import { mayAskHealth } from "@/lib/edge/health";
import { ask, connections, hear, open, openDoor, say, soon, statusOf } from "./door";

const inside = () => {
  throw new Error("nobody asks the handler");
};

describe("health (R90)", () => {
  it("says that the process answers, whatever the database does", async () => {
    const door = await openDoor(inside, { ready: () => new Promise(() => {}) });
    expect(await ask(door.port, { path: "/healthz" })).toMatchObject({ status: 200, body: "ok\n" });
  });

  it.each([
    ["the database answers", async () => true, 200, "ready\n"],
    ["it says no", async () => false, 503, "not ready\n"],
    ["it fails", () => Promise.reject(new Error("no route to 10.1.2.3")), 503, "not ready\n"],
    [
      "it fails at once",
      () => {
        throw new Error("no route");
      },
      503,
      "not ready\n",
    ],
    ["it is silent", () => new Promise<boolean>(() => {}), 503, "not ready\n"],
  ])("tells when %s", async (_, ready, status, body) => {
    const door = await openDoor(inside, { ready, limits: { readyMs: 20 } });
    const got = await ask(door.port, { path: "/readyz" });
    expect(got).toMatchObject({ status, body });
    expect(got.headers["cache-control"]).toBe("private, no-store");
  });

  it("asks once, however many ask", async () => {
    let asked = 0;
    let answer = (_: boolean) => {};
    const ready = () => {
      asked++;
      return new Promise<boolean>((resolve) => {
        answer = resolve;
      });
    };
    const door = await openDoor(inside, { ready, limits: { readyMs: 10_000 } });
    const all = Array.from({ length: 20 }, () => ask(door.port, { path: "/readyz" }));
    await soon(() => connections(door)).toBe(20);
    await ask(door.port, { path: "/healthz" });
    answer(true);
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(asked).toBe(1);
  });

  it("answers this machine under any name, and only by reading", async () => {
    const door = await openDoor(inside);
    const words = (method: string) => `${method} /healthz HTTP/1.1\r\nHost: 10.0.0.9:3000\r\nConnection: close\r\n\r\n`;
    expect(await say(door.port, words("GET"))).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\nok\n$/);
    expect(await say(door.port, words("HEAD"))).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n$/);
    expect(statusOf(await say(door.port, words("POST")))).toBe(405);
  });
});

it.each([
  ["127.0.0.1", "anything", true],
  ["::1", "anything", true],
  ["198.51.100.1", "talk.example.org", true],
  ["198.51.100.1", "localhost:3000", true],
  ["198.51.100.1", "127.0.0.1:3000", true],
  ["198.51.100.1", "[::1]:3000", true],
  ["198.51.100.1", "10.0.0.9:3000", false],
  ["198.51.100.1", "localhost.evil.example", false],
  [undefined, "evil.example", false],
])("%s may ask for health as %s: %s", (peer, host, may) => {
  expect(mayAskHealth(peer, ["Host", host], "talk.example.org")).toBe(may);
  expect(mayAskHealth("198.51.100.1", ["Host", host, "Host", host], "talk.example.org")).toBe(false);
});

describe("closing (R91)", () => {
  const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: talk.example.org\r\n`;

  it("finishes what is in flight, refuses what is new, and then ends", async () => {
    const waiting: (() => void)[] = [];
    const door = await openDoor(async (_request, response) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      response.end("finished");
    });
    const inFlight = Array.from({ length: 20 }, () => ask(door.port, { headers: { connection: "keep-alive" } }));
    await soon(() => waiting).toHaveLength(20);
    const half = open(door.port, request("/readyz"));
    const spare = open(door.port);
    await soon(() => connections(door)).toBe(22);

    const closed = door.close(60_000);
    expect(await hear(spare)).toBe("");
    await expect(ask(door.port)).rejects.toThrow("ECONNREFUSED");
    half.write("\r\n");
    expect(await hear(half)).toMatch(/^HTTP\/1\.1 503 [\s\S]*\r\n\r\nclosing\n$/);
    for (const go of waiting) go();
    for (const got of await Promise.all(inFlight)) {
      expect(got).toMatchObject({ status: 200, body: "finished" });
      expect(got.headers.connection).toBe("close");
    }
    await closed;
  });

  it("closes connections whose answer had begun before, once it is out", async () => {
    let finish = () => {};
    const door = await openDoor((_request, response) => {
      response.write("begun ");
      finish = () => response.end("and done");
    });
    const socket = open(door.port, `${request("/")}\r\n`);
    const answer = hear(socket);
    await new Promise((resolve) => socket.once("data", resolve));
    const closed = door.close(60_000);
    finish();
    await closed;
    expect(await answer).toContain("and done");
  });

  it("does not wait longer than its grace", async () => {
    const door = await openDoor(() => {});
    const stuck = open(door.port, `${request("/")}\r\n`);
    const idle = open(door.port, request("/half"));
    await soon(() => connections(door)).toBe(2);
    await door.close(20);
    expect(await hear(stuck)).not.toContain("200");
    expect(await hear(idle)).toBe("");
  });

  it("may be asked twice, and before it listens", async () => {
    const door = await openDoor(() => {});
    await Promise.all([door.close(1_000), door.close(1_000)]);
  });
});
