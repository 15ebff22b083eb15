import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { ask, bodyOf, hear, open, openDoor, publicOrigin, soon, statusOf } from "./door";

const most = 256 * 1024;
const head = (path: string, length: string) =>
  `POST ${path} HTTP/1.1\r\nHost: talk.example.org\r\nOrigin: ${publicOrigin}\r\n${length}\r\n\r\n`;

async function openCounter() {
  const lengths: (number | string)[] = [];
  const door = await openDoor(async (request, response) => {
    const body = await bodyOf(request).catch((error: Error) => error.message);
    lengths.push(body.length < 100 ? body : body.length);
    response.end(`got ${body.length}`);
  });
  return { ...door, lengths };
}

it.each([
  ["/", most],
  ["/api/v1/comments", most],
  ["/api/v1/files", 5 * 1024 * 1024 + 64 * 1024],
])("%s takes %i bytes whole, and not one more", async (path, limit) => {
  const door = await openCounter();
  expect(await ask(door.port, { method: "POST", path, body: Buffer.alloc(limit, "a") })).toMatchObject({
    status: 200,
    body: `got ${limit}`,
  });
  const refused = await ask(door.port, { method: "POST", path, body: Buffer.alloc(limit + 1, "a") });
  expect(refused.status).toBe(413);
  expect(refused.body).toContain(`${Math.floor(limit / 1024)} KiB`);
  expect(door.lengths).toEqual([limit]);
});

it("counts chunks, and the handler never takes a part for the whole", async () => {
  const door = await openCounter();
  const send = (bytes: number) =>
    ask(door.port, {
      method: "POST",
      path: "/api/v1/x",
      headers: { "transfer-encoding": "chunked" },
      body: Buffer.alloc(bytes, "a"),
    });
  expect(await send(most)).toMatchObject({ status: 200, body: `got ${most}` });
  const refused = await send(most + 1);
  expect(refused.status).toBe(413);
  expect(JSON.parse(refused.body)).toMatchObject({ code: "too_large" });
  await soon(() => door.lengths).toEqual([most, "The request's body was refused."]);
});

it.each([
  ["with its length", "/", `Content-Length: ${50 * 1024 * 1024}`, (chunk: Buffer) => [chunk], 413],
  [
    "in chunks",
    "/api/v1/x",
    "Transfer-Encoding: chunked",
    (chunk: Buffer) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")],
    413,
  ],
])("a body of 50 MB %s is answered readably and costs no memory", async (_, path, length, frame, status) => {
  const door = await openCounter();
  const before = process.memoryUsage().rss;
  const socket = open(door.port, head(path, length));
  const answer = hear(socket);
  const chunk = Buffer.alloc(256 * 1024, "a");
  const parts = Array.from({ length: 200 }, () => frame(chunk)).flat();
  Readable.from([...parts, ...(length.startsWith("Transfer") ? ["0\r\n\r\n"] : [])]).pipe(socket, { end: false });
  expect(statusOf(await answer)).toBe(status);
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
});

it("the answer to a body that is too large comes at once, before the body", async () => {
  const door = await openCounter();
  const socket = open(door.port, head("/", `Content-Length: ${50 * 1024 * 1024}`));
  const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  expect(statusOf(first.toString())).toBe(413);
  expect(first.toString()).toMatch(/\r\nConnection: close\r\n/i);
});

it("who asks first is told before sending", async () => {
  const door = await openCounter();
  const expecting = "Expect: 100-continue\r\nConnection: close\r\nContent-Length: ";
  const refused = await hear(
    open(door.port, head("/", `${expecting}${most + 1}`).replace("\r\n\r\n", "\r\n\r\n")).end(),
  );
  expect(statusOf(refused)).toBe(413);
  const socket = open(door.port, head("/", `${expecting}3`));
  const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  expect(first.toString()).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  socket.write("abc");
  expect(statusOf(await hear(socket))).toBe(200);
  expect(door.lengths).toEqual(["abc"]);
});

it("a refused form is read to its end, so that the browser sees why", async () => {
  const door = await openCounter();
  const body = Buffer.alloc(100_000, "a");
  const got = await ask(door.port, { method: "POST", body, headers: { origin: "https://evil.example" } });
  expect(got.status).toBe(403);
  expect(door.lengths).toEqual([]);
});

it("a handler that fails, or breaks its reading off, does not take the refusal away", async () => {
  let fail = () => {};
  const door = await openDoor(
    async (request) => {
      await new Promise<void>((resolve) => {
        fail = resolve;
      });
      request.destroy();
      throw new Error("enough");
    },
    { limits: { bodyBytes: 2 } },
  );
  const socket = open(door.port, `${head("/api/v1/x", "Transfer-Encoding: chunked")}3\r\nabc\r\n`);
  const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  expect(statusOf(first.toString())).toBe(413);
  expect(JSON.parse(first.toString().split("\r\n\r\n")[1] ?? "")).toMatchObject({ code: "too_large" });
  fail();
  await hear(socket);
  await soon(() => door.logged).toContainEqual(expect.objectContaining({ event: "request", status: 413 }));
  expect(await ask(door.port, { path: "/healthz" })).toMatchObject({ status: 200 });
});
