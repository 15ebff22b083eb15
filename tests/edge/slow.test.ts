// Slow and many clients (R9, F24), with times shrunk to milliseconds; every wait is for an event.
import { expect, it } from "vitest";
import { ask, bodyOf, connections, hear, open, openDoor, publicOrigin, soon, statusOf } from "./door";

const host = "Host: talk.example.org\r\n";
const limits = { headersMs: 300, bodyMs: 300, checkEveryMs: 10, lingerMs: 50 };

async function openEcho(more: object = {}) {
  return openDoor(
    async (request, response) => {
      response.end(`got ${(await bodyOf(request)).length}`);
    },
    { limits: { ...limits, ...more } },
  );
}

it("headers that do not end are answered with 408, while others are served", async () => {
  const door = await openEcho();
  const slow = Array.from({ length: 50 }, () => hear(open(door.port, `GET / HTTP/1.1\r\n${host}X-Slow: `)));
  expect(await ask(door.port)).toMatchObject({ status: 200 });
  for (const answer of await Promise.all(slow)) expect(statusOf(answer)).toBe(408);
  expect(await ask(door.port)).toMatchObject({ status: 200 });
});

it("a header now and then does not prolong it", async () => {
  const door = await openEcho();
  const socket = open(door.port, `GET / HTTP/1.1\r\n${host}`);
  const drip = setInterval(() => socket.write("X: y\r\n"), 5);
  const answer = await hear(socket);
  clearInterval(drip);
  expect(statusOf(answer)).toBe(408);
});

it("a body that does not end is answered with 408, while others are served", async () => {
  const door = await openEcho();
  const words = `POST / HTTP/1.1\r\n${host}Origin: ${publicOrigin}\r\nContent-Length: 10\r\n\r\nabc`;
  const slow = Array.from({ length: 50 }, () => hear(open(door.port, words)));
  expect(await ask(door.port, { method: "POST", body: "abc" })).toMatchObject({ body: "got 3" });
  for (const answer of await Promise.all(slow)) expect(statusOf(answer)).toBe(408);
});

it("an upload may take longer", async () => {
  const door = await openEcho({ bodyMs: 1, uploadMs: 10_000 });
  const words = (path: string) =>
    `POST ${path} HTTP/1.1\r\n${host}Origin: ${publicOrigin}\r\nConnection: close\r\nContent-Length: 10\r\n\r\nabc`;
  const upload = open(door.port, words("/api/v1/files"));
  expect(statusOf(await hear(open(door.port, words("/"))))).toBe(408);
  upload.write("defghij");
  expect(await hear(upload)).toContain("got 10");
});

it("a reader that does not read is let go, while others are served", async () => {
  const big = Buffer.alloc(30 * 1024 * 1024);
  const door = await openDoor(
    (request, response) => {
      response.end(request.url === "/big" ? big : "small");
    },
    { limits: { answerMs: 60_000, idleMs: 300 } },
  );
  const socket = open(door.port, `GET /big HTTP/1.1\r\n${host}\r\n`);
  socket.pause();
  expect(await ask(door.port)).toMatchObject({ body: "small" });
  await soon(() => door.logged).toContainEqual(expect.objectContaining({ path: "/big", aborted: true }));
});

it("a reader that reads a little now and then is let go as well", async () => {
  const big = Buffer.alloc(30 * 1024 * 1024);
  const door = await openDoor((_request, response) => void response.end(big), { limits: { answerMs: 300 } });
  const socket = open(door.port, `GET / HTTP/1.1\r\n${host}\r\n`);
  socket.pause();
  const sip = setInterval(() => socket.read(1_000), 5);
  await soon(() => door.logged).toContainEqual(expect.objectContaining({ path: "/", aborted: true }));
  clearInterval(sip);
});

it("a handler that takes too long is answered for with 503, and may end as it likes", async () => {
  let finish = () => {};
  const door = await openDoor(
    async (_request, response) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      response.setHeader("X-Late", "1");
      response.writeHead(200, { "X-Late": "2" });
      response.write("late");
      response.end("late");
    },
    { limits: { handlerMs: 20 } },
  );
  const got = await ask(door.port);
  expect(got.status).toBe(503);
  expect(got.headers["retry-after"]).toBe("5");
  expect(got.body).toContain("Please wait a moment");
  finish();
  expect(await ask(door.port, { path: "/healthz" })).toMatchObject({ status: 200 });
  expect(door.logged.filter(({ event }) => event === "request-failed")).toEqual([]);
});

it("connections beyond the limit of one network are closed", async () => {
  const door = await openEcho({ socketsPerNetwork: 3, headersMs: 10_000 });
  const first = [1, 2, 3].map(() => open(door.port, "GET"));
  await soon(() => connections(door)).toBe(3);
  const fourth = open(door.port, `GET / HTTP/1.1\r\n${host}\r\n`);
  expect(statusOf(await hear(fourth))).toBe(0);
  first[0]?.destroy();
  await soon(() => connections(door)).toBe(2);
  expect(await ask(door.port)).toMatchObject({ status: 200 });
});

it("connections beyond the limit of all are closed, also from a trusted proxy, which has no other limit", async () => {
  const door = await openDoor((_request, response) => void response.end("in"), {
    trustedProxies: ["127.0.0.1"],
    limits: { sockets: 4, socketsPerNetwork: 1 },
  });
  for (let index = 0; index < 4; index++) open(door.port, "GET");
  await soon(() => connections(door)).toBe(4);
  expect(statusOf(await hear(open(door.port, `GET / HTTP/1.1\r\n${host}\r\n`)))).toBe(0);
});
