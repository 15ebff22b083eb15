// Refusals over the wire: the right status, a readable answer, the security headers, and nothing of it reaches the handler.
import { expect, it } from "vitest";
import { ask, type Handler, hear, open, openDoor, publicOrigin, say, soon, statusOf } from "./door";

const host = "Host: talk.example.org\r\n";
const close = "Connection: close\r\n";
const origin = `Origin: ${publicOrigin}\r\n`;

function counting(): { handler: Handler; calls: string[] } {
  const calls: string[] = [];
  const handler: Handler = (request, response) => {
    calls.push(`${request.method} ${request.url}`);
    request.resume();
    response.setHeader("Content-Type", "text/html");
    response.end("<p>in</p>");
  };
  return { handler, calls };
}

const refused: [string, string, number][] = [
  ["no host", `GET / HTTP/1.1\r\n${close}\r\n`, 400],
  ["no host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400],
  ["two hosts", `GET / HTTP/1.1\r\n${host}${host}${close}\r\n`, 400],
  ["another host", `GET / HTTP/1.1\r\nHost: evil.example\r\n${close}\r\n`, 421],
  ["an absolute address", `GET http://evil.example/ HTTP/1.1\r\n${host}${close}\r\n`, 400],
  ["an asterisk", `OPTIONS * HTTP/1.1\r\n${host}${close}\r\n`, 400],
  ["a hidden file", `GET /.env HTTP/1.1\r\n${host}${close}\r\n`, 404],
  ["the way up", `GET /../../etc/passwd HTTP/1.1\r\n${host}${close}\r\n`, 404],
  ["an encoded slash", `GET /a%2fb HTTP/1.1\r\n${host}${close}\r\n`, 400],
  ["the image optimizer", `GET /_next/image?url=/x&w=64&q=75 HTTP/1.1\r\n${host}${close}\r\n`, 404],
  ["TRACE", `TRACE / HTTP/1.1\r\n${host}${close}\r\n`, 405],
  ["PUT", `PUT / HTTP/1.1\r\n${host}${origin}${close}Content-Length: 0\r\n\r\n`, 405],
  ["a method that does not exist", `BREW / HTTP/1.1\r\n${host}${close}\r\n`, 405],
  ["CONNECT", `CONNECT evil.example:443 HTTP/1.1\r\n${host}${close}\r\n`, 405],
  ["a socket upgrade", `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, 400],
  ["an upgrade of the protocol", `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`, 400],
  ["the start of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["no HTTP at all", "hello\r\n\r\n", 400],
  ["TLS where there is none", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
  ["a header without name", `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`, 400],
  ["a header with a space before the colon", `GET / HTTP/1.1\r\n${host}X : y\r\n\r\n`, 400],
  ["a folded header", `GET / HTTP/1.1\r\nX: y\r\n z\r\nHost: evil\r\n${close}\r\n`, 400],
  ["headers too long", `GET / HTTP/1.1\r\n${host}X: ${"y".repeat(17_000)}\r\n\r\n`, 431],
  ["too many header lines", `GET / HTTP/1.1\r\n${host}${close}${"X: y\r\n".repeat(101)}\r\n`, 431],
  [
    "both lengths",
    `POST / HTTP/1.1\r\n${host}${origin}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ["two lengths", `POST / HTTP/1.1\r\n${host}${origin}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`, 400],
  ["no length", `POST / HTTP/1.1\r\n${host}${origin}${close}\r\n`, 411],
  [
    "a form in chunks",
    `POST / HTTP/1.1\r\n${host}${origin}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    411,
  ],
  ["a body where none belongs", `GET / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 400],
  ["an expectation", `POST / HTTP/1.1\r\n${host}${origin}${close}Expect: tea\r\nContent-Length: 0\r\n\r\n`, 417],
  [
    "another site's form",
    `POST / HTTP/1.1\r\n${host}${close}Origin: https://evil.example\r\nContent-Length: 0\r\n\r\n`,
    403,
  ],
  [
    "another site's form that names us",
    `POST / HTTP/1.1\r\n${host}${close}Origin: https://evil.example\r\nX-Forwarded-Host: evil.example\r\nContent-Length: 0\r\n\r\n`,
    403,
  ],
  ["nobody's form", `POST / HTTP/1.1\r\n${host}${close}Origin: null\r\nContent-Length: 0\r\n\r\n`, 403],
  ["a form without origin", `POST / HTTP/1.1\r\n${host}${close}Content-Length: 0\r\n\r\n`, 403],
];

it.each(refused)("refuses %s", async (_, words, status) => {
  const { handler, calls } = counting();
  const door = await openDoor(handler);
  const answer = await say(door.port, words);
  expect(statusOf(answer)).toBe(status);
  expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/i);
  expect(answer).toMatch(/\r\nReferrer-Policy: strict-origin-when-cross-origin\r\n/i);
  expect(answer).toMatch(/\r\nPermissions-Policy: accelerometer=\(\), /i);
  expect(answer).toMatch(/\r\nCross-Origin-Opener-Policy: same-origin\r\n/i);
  expect(answer).toMatch(/\r\nCross-Origin-Resource-Policy: same-origin\r\n/i);
  expect(answer).toMatch(/\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains\r\n/i);
  expect(answer).toMatch(/\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; /i);
  expect(answer).toMatch(/\r\nCache-Control: private, no-store\r\n/i);
  expect(answer).toMatch(/<h1>[^<]+<\/h1><p>[^<]+\.<\/p>/);
  expect(answer).toMatch(/<small>Reference [0-9a-f]{16}<\/small>/);
  expect(answer).not.toMatch(/node_modules|Error:|HPE_|x-powered-by/i);
  expect(calls).toEqual([]);
  expect(door.logged).toContainEqual(expect.objectContaining({ status }));
});

it("tells programs in problem details", async () => {
  const door = await openDoor(counting().handler);
  const got = await ask(door.port, { method: "PUT", path: "/api/v1/articles", headers: { "content-length": "0" } });
  expect(got.headers["content-type"]).toBe("application/problem+json");
  expect(got.headers.allow).toBe("GET, HEAD, POST, OPTIONS, PATCH, DELETE");
  expect(JSON.parse(got.body)).toEqual({
    type: "about:blank",
    title: "Not possible here",
    status: 405,
    detail: expect.stringContaining("Possible are GET"),
    code: "invalid",
    reference: got.headers["x-request-id"],
  });
});

it.each([
  ["a page", { path: "/" }],
  ["a page in capitals", { path: "/", headers: { host: "TALK.Example.org" } }],
  ["a form", { method: "POST", path: "/", body: "a=b" }],
  [
    "a form vouched for by the browser",
    { method: "POST", path: "/", body: "a=b", headers: { "sec-fetch-site": "same-origin" } },
  ],
  ["a change through the API", { method: "PATCH", path: "/api/v1/comments/1", body: "{}" }],
  ["a deletion through the API", { method: "DELETE", path: "/api/v1/comments/1" }],
  [
    "an API call in chunks",
    { method: "POST", path: "/api/v1/x", headers: { "transfer-encoding": "chunked" }, body: "{}" },
  ],
])("lets in %s", async (_, request) => {
  const { handler, calls } = counting();
  const door = await openDoor(handler);
  const got = await ask(door.port, request);
  expect(got).toMatchObject({ status: 200, body: "<p>in</p>" });
  expect(calls).toHaveLength(1);
});

it("lets programs call the API without an origin, unless they bring a cookie", async () => {
  const door = await openDoor(counting().handler);
  const call = `POST /api/v1/x HTTP/1.1\r\n${host}${close}Content-Length: 2\r\n`;
  expect(statusOf(await say(door.port, `${call}\r\n{}`))).toBe(200);
  expect(statusOf(await say(door.port, `${call}Cookie: visitor=1\r\n\r\n{}`))).toBe(403);
});

it("keeps a connection for the next request, and closes it on silence", async () => {
  const { handler, calls } = counting();
  const door = await openDoor(handler, { limits: { keepAliveMs: 20 } });
  const answer = await say(door.port, `GET /one HTTP/1.1\r\n${host}\r\nGET /two HTTP/1.1\r\n${host}\r\n`);
  expect(answer.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  expect(calls).toEqual(["GET /one", "GET /two"]);
});

it("lets hot reload open its socket in development, from the own origin only, and nobody otherwise", async () => {
  const upgrade = (from: string) =>
    `GET /_next/hmr HTTP/1.1\r\n${host}Origin: ${from}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  for (const dev of [true, false]) {
    let upgrades = 0;
    // As Next does: on its first request it puts its own listener on the server it finds.
    const door = await openDoor(
      (_request, response) => {
        door.server.on("upgrade", (_, socket) => {
          upgrades++;
          socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
        });
        response.end();
      },
      { dev },
    );
    await ask(door.port);
    expect(statusOf(await say(door.port, upgrade(publicOrigin)))).toBe(dev ? 101 : 400);
    expect(statusOf(await say(door.port, upgrade("https://evil.example")))).toBe(400);
    expect(upgrades).toBe(dev ? 1 : 0);
  }
});

it.each([
  ["http://talk.example.org", {}, "has no TLS"],
  ["https://talk.example.org/", {}, "should read https://talk.example.org"],
  ["https://talk.example.org", { trustedProxies: ["my proxy"] }, '"my proxy" is no network'],
])("does not start as %s with %j", async (given, options, message) => {
  await expect(openDoor(counting().handler, { publicOrigin: given, ...options })).rejects.toThrow(message);
});

it("starts without TLS on this machine and where told to, without headers that need TLS", async () => {
  const local = await openDoor(counting().handler, { publicOrigin: "http://localhost:3000" });
  const got = await ask(local.port, { headers: { host: "localhost:3000" } });
  expect(got.status).toBe(200);
  expect(got.headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(got.headers["strict-transport-security"]).toBeUndefined();

  const lan = await openDoor(counting().handler, { publicOrigin: "http://box.lan", insecureLan: true });
  const seen = await ask(lan.port, { headers: { host: "box.lan" } });
  expect(seen.status).toBe(200);
  expect(seen.headers["cross-origin-opener-policy"]).toBeUndefined();
});

it("logs each request once, without address, query and cookie", async () => {
  const door = await openDoor(counting().handler);
  const got = await ask(door.port, { path: "/reset?token=secret", headers: { cookie: "session=secret" } });
  await soon(() => door.logged).toHaveLength(1);
  expect(door.logged[0]).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    id: got.headers["x-request-id"],
    event: "request",
    method: "GET",
    path: "/reset",
    status: 200,
    ms: expect.any(Number),
    bytes: 9,
  });
});

it("marks in the log who went away", async () => {
  const door = await openDoor((_request, response) => {
    response.flushHeaders();
  });
  const socket = open(door.port, `GET / HTTP/1.1\r\n${host}\r\n`);
  socket.once("data", () => socket.destroy());
  await hear(socket);
  await soon(() => door.logged).toContainEqual(expect.objectContaining({ aborted: true }));
});

it("warns once about a proxy that it was not told of, and about one that is silent", async () => {
  const untold = await openDoor(counting().handler);
  for (const address of ["198.51.100.1", "198.51.100.2"]) {
    await ask(untold.port, { headers: { "x-forwarded-for": address } });
  }
  expect(untold.logged.filter(({ event }) => event === "proxy-not-trusted")).toHaveLength(1);
  const silent = await openDoor(counting().handler, { trustedProxies: ["127.0.0.1"] });
  for (const path of ["/a", "/b"]) await ask(silent.port, { path });
  expect(silent.logged.filter(({ event }) => event === "proxy-is-silent")).toHaveLength(1);
});
