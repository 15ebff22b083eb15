// The front door and the process behind it, joined by their private socket: what a handler in one process can do, it can do in the other.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { currentExchange } from "@/lib/edge/exchange";
import type { FrontDoorOptions } from "@/lib/edge/front-door";
import { createInside } from "@/lib/edge/inside";
import { insideAt } from "@/lib/edge/pass-inside";
import { ask, bodyOf, type Handler, hear, open, openDoor, soon, statusOf } from "@/tests/edge/door";

async function socketPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "colloquy-inside-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "inside");
}

/** A front door before a handler that answers behind a socket. */
async function openBoth(handler: Handler, options: Partial<FrontDoorOptions> & { isReady?: () => boolean } = {}) {
  const failures: { error: unknown; id: string }[] = [];
  const inside = createInside({
    handler: async (request, response) => handler(request, response),
    ready: async () => options.isReady?.() ?? true,
    onFailure: (error, id) => failures.push({ error, id }),
  });
  const path = await socketPath();
  inside.listen(path);
  await once(inside, "listening");
  onTestFinished(() => {
    inside.close();
    inside.closeAllConnections();
  });
  const way = insideAt(path);
  const door = await openDoor(() => {}, { ...way, ...options });
  return { door, inside, failures };
}

const html = (request: IncomingMessage) => request.headers["content-security-policy"] ?? "";

it("the exchange is the same on both sides, and nothing of how it crossed is seen behind", async () => {
  const { door } = await openBoth((request, response) => {
    const { id, address, nonce } = currentExchange() ?? {};
    const inPolicy = html(request).includes(`'nonce-${nonce}'`);
    const crossed = request.rawHeaders.some((name) => /^x-colloquy/i.test(name));
    response.end(JSON.stringify({ id, address, inPolicy, crossed, of: request.headers }));
  });
  const forged = { "x-colloquy-id": "mine", "x-colloquy-nonce": "mine", "x-colloquy-question": "ready" };
  const got = await ask(door.port, { headers: forged });
  const said = JSON.parse(got.body);
  expect(said).toMatchObject({ id: got.headers["x-request-id"], address: "127.0.0.1", inPolicy: true, crossed: false });
  expect(Object.keys(said.of).filter((name) => name.startsWith("x-colloquy"))).toEqual([]);
});

it("status, repeated headers and a packed, flowing body come through as they were made", async () => {
  let goOn = () => {};
  const { door } = await openBoth(async (_request, response) => {
    response.statusCode = 202;
    response.appendHeader("set-cookie", ["a=1", "b=2"]);
    response.setHeader("content-type", "text/html");
    response.write("<p>first</p>");
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    response.end("<p>last</p>");
  });
  const socket = open(door.port, "GET /flow HTTP/1.1\r\nHost: talk.example.org\r\nConnection: close\r\n\r\n");
  let heard = "";
  socket.on("data", (chunk) => {
    heard += chunk.toString();
  });
  await soon(() => heard).toContain("<p>first</p>");
  expect(heard).not.toContain("last");
  goOn();
  await soon(() => heard).toContain("<p>last</p>");
  expect(statusOf(heard)).toBe(202);
  expect(heard.match(/set-cookie: \w=\d/gi)).toHaveLength(2);
});

it("a body arrives whole, of known length or in chunks, and the answer may come before it is read", async () => {
  const { door } = await openBoth(async (request, response) => {
    response.end(request.url === "/unread" ? "unread" : String((await bodyOf(request)).length));
  });
  const body = "x".repeat(200_000);
  expect((await ask(door.port, { method: "POST", path: "/known", body })).body).toBe("200000");
  const chunked = { "transfer-encoding": "chunked" };
  expect((await ask(door.port, { method: "POST", path: "/api/v1/chunks", body, headers: chunked })).body).toBe(
    "200000",
  );
  expect((await ask(door.port, { method: "POST", path: "/unread", body })).body).toBe("unread");
  expect((await ask(door.port, { method: "POST", path: "/known", body })).body).toBe("200000");
});

it("a body that is refused on its way never arrives as if it were whole", async () => {
  const seen: string[] = [];
  const { door } = await openBoth(
    async (request, response) => {
      request.once("data", () => seen.push("begun"));
      await bodyOf(request).then(
        () => seen.push("whole"),
        () => seen.push("broken"),
      );
      response.end();
    },
    { limits: { bodyBytes: 1_000 } },
  );
  const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;
  const head =
    "POST /api/v1/x HTTP/1.1\r\nHost: talk.example.org\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
  const socket = open(door.port, head + chunk(500));
  await soon(() => seen).toEqual(["begun"]);
  socket.write(`${chunk(50_000)}0\r\n\r\n`);
  expect(statusOf(await hear(socket))).toBe(413);
  await soon(() => seen).toEqual(["begun", "broken"]);
});

it("a reader who leaves is told behind; one who waits for a handler that breaks gets a page with the reference that is logged", async () => {
  let left = false;
  const { door, failures } = await openBoth(async (request, response) => {
    if (request.url === "/breaks") throw new Error("It broke.");
    response.once("close", () => {
      left = true;
    });
    response.write("begun");
  });
  const socket = open(door.port, "GET /waits HTTP/1.1\r\nHost: talk.example.org\r\n\r\n");
  await once(socket, "data");
  socket.destroy();
  await soon(() => left).toBe(true);

  const got = await ask(door.port, { path: "/breaks" });
  expect(got.status).toBe(500);
  expect(failures).toEqual([{ error: new Error("It broke."), id: got.headers["x-request-id"] }]);
});

it("a page is stored in front and drawn behind only when something has changed", async () => {
  let drawn = 0;
  const { door } = await openBoth((_request, response) => {
    drawn++;
    const raw = currentExchange()?.response;
    raw?.setHeader("surrogate-control", "max-age=60").setHeader("surrogate-key", "front");
    response.setHeader("content-type", "text/html");
    response.end("<!DOCTYPE html><title>Page</title>");
  });
  for (const method of ["GET", "GET", "HEAD"]) expect((await ask(door.port, { method })).status).toBe(200);
  expect(drawn).toBe(1);
});

it("readiness is that of the process behind; alive is the front door by itself", async () => {
  let isReady = true;
  const { door, inside } = await openBoth(() => {}, { isReady: () => isReady, limits: { readyMs: 500 } });
  const word = async (path: string) => (await ask(door.port, { path })).body;
  expect(await word("/readyz")).toBe("ready\n");
  isReady = false;
  expect(await word("/readyz")).toBe("not ready\n");
  inside.close();
  inside.closeAllConnections();
  expect(await word("/readyz")).toBe("not ready\n");
  expect(await word("/healthz")).toBe("ok\n");
  expect((await ask(door.port)).status).toBe(500);
});

it("a process behind that does not answer is waited for no longer than any other handler", async () => {
  const path = await socketPath();
  const silent = createServer(() => {}).listen(path);
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { handler } = insideAt(path);
  const door = await openDoor(() => {}, { handler, limits: { handlerMs: 50 } });
  const answer = await hear(open(door.port, "GET / HTTP/1.1\r\nHost: talk.example.org\r\nConnection: close\r\n\r\n"));
  expect(statusOf(answer)).toBe(503);
});
