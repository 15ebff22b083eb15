// What goes out: policies, documents, validators, packings, and Next's blank error pages replaced.
import type { ServerResponse } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { currentExchange } from "@/lib/edge/exchange";
import { documentPolicy } from "@/lib/edge/security-headers";
import { ask, bodyOf, type Handler, hear, open, openDoor, soon } from "./door";

const text = "The quick brown fox jumps over the lazy dog. ".repeat(100);
const script = `<script nonce="A">self.__next_f.push([1,"x"])</script>`;
const page = `<!DOCTYPE html><html><head><title>T</title></head><body><p>${text}</p>${script}</body></html>`;
const document = page.replace(script, "");
const nextCacheControl = "private, no-cache, no-store, max-age=0, must-revalidate";

/** Answers as a page of ours does inside Next: headers by the exchange, HTML in parts. */
function html(more: Record<string, string> = {}, status = 200, body = page): Handler {
  return (request, response) => {
    request.resume();
    response.statusCode = status;
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Cache-Control", nextCacheControl);
    response.setHeader("Vary", "rsc, next-router-state-tree");
    response.setHeader("X-Powered-By", "Next.js");
    for (const [name, value] of Object.entries(more)) currentExchange()?.response.setHeader(name, value);
    response.write(body.slice(0, 100));
    response.end(body.slice(100));
  };
}
const shared = { "Surrogate-Control": "max-age=3600", "Surrogate-Key": "article-1" };

describe("documents (R11, R14)", () => {
  it("are plain HTML with the strictest policy, asked for again each time, offered to caches in front", async () => {
    const link = `</a.woff2>; rel=preload; as="font"; nonce="A", </a.css>; rel=preload; as="style", </x.js>; rel=preload; as="script"`;
    const door = await openDoor(html({ ...shared, Link: link, "x-nextjs-stale-time": "300" }));
    const got = await ask(door.port);
    expect(got.body).toBe(document);
    expect(got.headers).toMatchObject({
      "cache-control": "no-cache",
      "content-length": String(document.length),
      "content-security-policy": documentPolicy,
      "content-type": "text/html; charset=utf-8",
      etag: expect.stringMatching(/^"[\w-]{20}"$/),
      link: '</a.woff2>; rel=preload; as="font"',
      "surrogate-control": "max-age=3600",
      "surrogate-key": "article-1",
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
      "x-request-id": expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    for (const name of ["x-powered-by", "x-nextjs-stale-time", "transfer-encoding", "set-cookie"]) {
      expect(got.headers).not.toHaveProperty(name);
    }
    expect(documentPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'none'; img-src 'self' data: blob:; " +
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; " +
        "base-uri 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'",
    );
  });

  it.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("travel packed with %s, under their own tag", async (coding, unpack) => {
    const door = await openDoor(html(shared));
    const plain = await ask(door.port);
    const got = await ask(door.port, { headers: { "accept-encoding": `${coding}, deflate` } });
    expect(got.headers).toMatchObject({ "content-encoding": coding, "content-length": String(got.bytes.length) });
    expect(got.bytes.length).toBeLessThan(500);
    expect(unpack(got.bytes).toString()).toBe(document);
    expect(got.headers.etag).toBe(plain.headers.etag?.replace(/"$/, `-${coding}"`));
  });

  it.each<[string, (etag: string) => string, number]>([
    ["the tag", (etag) => etag, 304],
    ["the tag, marked weak by a proxy", (etag) => `W/${etag}`, 304],
    ["one of several", (etag) => `"a", W/"b", ${etag}`, 304],
    ["anything", () => "*", 304],
    ["another tag", () => '"other"', 200],
    ["the tag of another packing", (etag) => etag.replace('-br"', '"'), 200],
    ["the tag without quotes", (etag) => etag.slice(1, -1), 200],
    ["a shorter tag", (etag) => etag.slice(0, -2), 200],
  ])("are not sent again to one who has %s", async (_, ifNoneMatch, status) => {
    const door = await openDoor(html(shared));
    const headers = { "accept-encoding": "br" };
    const etag = (await ask(door.port, { headers })).headers.etag ?? "";
    const got = await ask(door.port, { headers: { ...headers, "if-none-match": ifNoneMatch(etag) } });
    expect(got.status).toBe(status);
    expect(got.headers).toMatchObject({ etag, "cache-control": "no-cache", vary: "Accept-Encoding" });
    if (status === 304) {
      expect(got.bytes).toHaveLength(0);
      expect(got.headers).not.toHaveProperty("content-length");
      expect(got.headers).not.toHaveProperty("content-encoding");
    }
  });

  it("answer HEAD with the very headers of GET", async () => {
    const door = await openDoor(html(shared));
    const headers = { "accept-encoding": "br" };
    const get = await ask(door.port, { headers });
    const head = await ask(door.port, { method: "HEAD", headers });
    const steady = ({ date: _, "x-request-id": __, ...rest }: typeof head.headers) => rest;
    expect(steady(head.headers)).toEqual(steady(get.headers));
    expect(head.bytes).toHaveLength(0);
  });

  it("do not depend on the nonce of their making", async () => {
    const door = await openDoor((request, response) => {
      const { nonce = "" } = currentExchange() ?? {};
      const styled = page.replace("<title>", `<link rel="stylesheet" href="/a.css" nonce="${nonce}"/><title>`);
      return html(shared, 200, styled)(request, response);
    });
    expect((await ask(door.port)).headers.etag).toBe((await ask(door.port)).headers.etag);
  });

  it.each<[string, Handler, object, object]>([
    ["with a cookie", html({ ...shared, "Set-Cookie": "a=b" }), {}, { status: 200 }],
    ["in answer to a form", html(shared), { method: "POST", body: "a=b" }, { status: 200 }],
    ["with an error of the form", html(shared, 422), {}, { status: 422 }],
    [
      "that say of themselves that nobody may keep them",
      html({ "Surrogate-Control": "no-store" }),
      {},
      { status: 200 },
    ],
    [
      "prerendered by Next",
      html({ "x-nextjs-prerender": "1", "Cache-Control": "s-maxage=31536000" }, 404),
      {},
      { status: 404 },
    ],
  ])("%s are for one person only", async (_, handler, request, expected) => {
    const door = await openDoor(handler);
    const got = await ask(door.port, request);
    expect(got).toMatchObject({ ...expected, body: document });
    expect(got.headers).toMatchObject({
      "cache-control": "private, no-store",
      "content-security-policy": documentPolicy,
    });
    for (const name of ["etag", "surrogate-control", "surrogate-key"]) expect(got.headers).not.toHaveProperty(name);
  });

  it("may say that there is nothing", async () => {
    const door = await openDoor(html(shared, 404));
    const got = await ask(door.port, { headers: { "if-none-match": "*" } });
    expect(got).toMatchObject({ status: 404, body: document });
    expect(got.headers["surrogate-control"]).toBe("max-age=3600");
  });

  it("are never made of what Next's router asks for", async () => {
    const door = await openDoor((request, response) => {
      response.setHeader("Content-Type", "text/x-component");
      for (const [name, value] of Object.entries(shared)) response.setHeader(name, value);
      response.setHeader("Vary", "rsc, next-router-state-tree");
      response.end(request.headers.rsc);
    });
    const got = await ask(door.port, { headers: { rsc: "1" } });
    expect(got.body).toBe("1");
    expect(got.headers).toMatchObject({ "cache-control": "private, no-store", vary: expect.stringContaining("rsc") });
    expect(got.headers).not.toHaveProperty("surrogate-control");
  });

  it("warn the operator when a part of them waits for a script", async () => {
    const door = await openDoor(html(shared, 200, page.replace("<p>", `<!--$?--><template id="B:0"></template><p>`)));
    await ask(door.port);
    expect(door.logged).toContainEqual(expect.objectContaining({ event: "document-needs-scripts" }));
  });

  it("stay what Next made of them in development", async () => {
    const door = await openDoor(html(shared), { dev: true });
    const got = await ask(door.port);
    expect(got.body).toBe(page);
    expect(got.headers["cache-control"]).toBe(nextCacheControl);
    expect(got.headers["content-security-policy"]).toMatch(
      /script-src 'self' 'nonce-[^']+' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; .*connect-src 'self' ws: wss:/,
    );
    expect(got.headers).not.toHaveProperty("surrogate-control");
  });
});

it("feeds and pictures for everybody are tagged, packed when it helps, and never rewritten", async () => {
  const door = await openDoor((request, response) => {
    response.setHeader("Content-Type", request.url === "/x.png" ? "image/png" : "application/atom+xml");
    response.setHeader("Surrogate-Control", "max-age=60");
    response.end(page);
  });
  const feed = await ask(door.port, { path: "/feed.xml", headers: { "accept-encoding": "gzip" } });
  expect(gunzipSync(feed.bytes).toString()).toBe(page);
  expect(feed.headers).toMatchObject({
    "cache-control": "no-cache",
    etag: expect.any(String),
    vary: "Accept-Encoding",
  });
  expect(feed.headers["content-security-policy"]).toMatch(/^default-src 'none'; .*sandbox$/);
  const picture = await ask(door.port, { path: "/x.png", headers: { "accept-encoding": "gzip" } });
  expect(picture.body).toBe(page);
  expect(picture.headers).toMatchObject({ etag: expect.any(String), "content-length": String(page.length) });
  expect(picture.headers).not.toHaveProperty("vary");
});

it("files that never change are kept and packed once, and carry no header that only a page needs (R12, R14)", async () => {
  let asked = 0;
  const door = await openDoor((request, response) => {
    asked++;
    response.setHeader("Content-Type", request.url?.endsWith(".css") ? "text/css; charset=UTF-8" : "font/woff2");
    response.setHeader("Last-Modified", "Mon, 23 Nov 2026 11:33:23 GMT");
    response.end(page);
  });
  for (const path of ["/_next/static/chunks/0e-tlu2yqm0gn.css", "/_next/static/media/roman.3d0n.woff2"]) {
    const answers = [];
    for (const coding of ["br", "br", "identity"]) {
      answers.push(await ask(door.port, { path, headers: { "accept-encoding": coding } }));
    }
    const [got, again, plain] = answers;
    expect(plain?.body).toBe(page);
    expect(again?.bytes.equals(got?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(got?.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(got?.bytes.length),
      "cross-origin-resource-policy": "same-origin",
      "strict-transport-security": expect.any(String),
      "x-content-type-options": "nosniff",
    });
    for (const name of ["permissions-policy", "cross-origin-opener-policy", "referrer-policy", "surrogate-key"]) {
      expect(got?.headers).not.toHaveProperty(name);
    }
  }
  expect(asked).toBe(2);
});

describe("personal pages", () => {
  it("keep Next's scripts, with a nonce that is fresh for each answer and the same inside (R11)", async () => {
    const door = await openDoor((_request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(currentExchange()?.nonce);
    });
    const answers = [await ask(door.port), await ask(door.port)];
    for (const { body, headers } of answers) {
      expect(Buffer.from(body, "base64")).toHaveLength(16);
      expect(headers["content-security-policy"]).toBe(
        documentPolicy
          .replace("script-src 'self'", `script-src 'self' 'nonce-${body}' 'strict-dynamic'`)
          .replace("style-src 'self'", `style-src 'self' 'nonce-${body}'`),
      );
      expect(headers["cache-control"]).toBe("private, no-store");
    }
    expect(answers[0]?.body).not.toBe(answers[1]?.body);
  });

  it("may be stricter, never laxer", async () => {
    const lax = {
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "none",
      "Content-Security-Policy": "default-src *",
    };
    const door = await openDoor(html({ ...lax, "Permissions-Policy": "camera=*" }));
    const { headers } = await ask(door.port);
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'/);
    expect(headers["permissions-policy"]).toMatch(/camera=\(\)/);
  });

  it.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("stream packed with %s, each part as it comes", async (coding, unpack) => {
    const parts: (() => void)[] = [];
    const door = await openDoor((_request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.setHeader("ETag", '"strong"');
      response.setHeader("Vary", "rsc");
      response.write(`first ${text}`);
      Reflect.get(response, "flush")?.();
      parts.push(() => response.end("last"));
    });
    const words = `GET / HTTP/1.1\r\nHost: talk.example.org\r\nConnection: close\r\nAccept-Encoding: ${coding}\r\n\r\n`;
    const socket = open(door.port, words);
    // A few hundred bytes of the first part arrive although the answer has not ended.
    await new Promise<void>((resolve) => {
      let bytes = 0;
      const count = (data: Buffer) => {
        bytes += data.length;
        if (bytes > 900) resolve();
      };
      socket.on("data", count);
    });
    parts[0]?.();
    await hear(socket);
    const got = ask(door.port, { headers: { "accept-encoding": coding } });
    await soon(() => parts).toHaveLength(2);
    parts[1]?.();
    const { headers, bytes } = await got;
    expect(unpack(bytes).toString()).toBe(`first ${text}last`);
    expect(headers).toMatchObject({ "content-encoding": coding, etag: 'W/"strong"', vary: "rsc, Accept-Encoding" });
  });

  it("wait for readers that are slower than they", async () => {
    const door = await openDoor(async (_request, response) => {
      response.setHeader("Content-Type", "text/plain");
      for (let part = 0; part < 500; part++) {
        const noise = Buffer.from(
          Array.from({ length: 10_000 }, (_, index) => 32 + ((index * part * 7919) % 90)),
        ).toString();
        if (!response.write(noise)) await new Promise((resolve) => response.once("drain", resolve));
      }
      response.end();
    });
    const got = await ask(door.port, { headers: { "accept-encoding": "gzip" } });
    expect(gunzipSync(got.bytes)).toHaveLength(5_000_000);
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ["what is packed already", (response) => response.setHeader("Content-Encoding", "zstd"), text],
    ["what is small", (response) => void response, "small"],
    ["what must stay as it is", (response) => response.setHeader("Cache-Control", "public, no-transform"), text],
    ["pictures", (response) => response.setHeader("Content-Type", "image/png"), text],
    ["parts", (response) => Object.assign(response, { statusCode: 206 }), text],
  ])("%s is not packed", async (_, prepare, body) => {
    const door = await openDoor((_request, response) => {
      response.setHeader("Content-Type", "text/css");
      prepare(response);
      response.end(body);
    });
    const got = await ask(door.port, { headers: { "accept-encoding": "gzip" } });
    expect(got.body).toBe(body);
    expect(got.headers["content-encoding"]).not.toBe("gzip");
    expect(got.headers["content-length"]).toBe(String(body.length));
  });
});

describe("errors (R16)", () => {
  const stack = "<html><body>Error: select * from users at /srv/app/x.js:1</body></html>";
  it.each<[string, Handler, number]>([
    ["Next's blank 500", html({}, 500, stack), 500],
    ["a 503 without words", html({}, 503, stack), 503],
    ["one marked as a document", html(shared, 500, stack), 500],
    [
      "Next's words in plain text",
      (_, response) => void response.writeHead(500, { "Content-Type": "text/plain" }).end(stack),
      500,
    ],
    ["an error without anything", (_, response) => void response.writeHead(502).end(), 502],
    ["a handler that fails", () => Promise.reject(new Error(stack)), 500],
    [
      "one that fails at once",
      () => {
        throw new Error(stack);
      },
      500,
    ],
    [
      "one that fails on its way",
      async (_, response) => {
        response.setHeader("Content-Type", "text/html");
        response.setHeader("Surrogate-Control", "max-age=60");
        response.write("<html>");
        throw new Error(stack);
      },
      500,
    ],
    [
      "one that breaks off",
      (_, response) => {
        response.setHeader("Surrogate-Control", "max-age=60");
        response.write("half");
        response.destroy(new Error(stack));
      },
      500,
    ],
    [
      "an answer beyond all measure",
      (_, response) => {
        response.setHeader("Surrogate-Control", "max-age=60");
        response.end("x".repeat(100_001));
      },
      500,
    ],
  ])("%s becomes a page with a reference", async (_, handler, status) => {
    const door = await openDoor(handler, { limits: { heldBytes: 100_000 } });
    const got = await ask(door.port);
    expect(got.status).toBe(status);
    expect(got.body).toContain(`Reference ${got.headers["x-request-id"]}`);
    expect(got.body).not.toMatch(/select|srv|half/);
    expect(got.headers).toMatchObject({ "cache-control": "private, no-store", "x-content-type-options": "nosniff" });
    for (const name of ["surrogate-control", "surrogate-key", "x-powered-by"])
      expect(got.headers).not.toHaveProperty(name);
  });

  it("of the API are problem details, and the log has the cause", async () => {
    const door = await openDoor(() => Promise.reject(new Error("the database said no")));
    const got = await ask(door.port, { path: "/api/v1/articles" });
    expect(got.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(got.body)).toMatchObject({
      status: 500,
      code: "unavailable",
      reference: got.headers["x-request-id"],
    });
    expect(got.body).not.toContain("database");
    expect(door.logged).toContainEqual(
      expect.objectContaining({
        id: got.headers["x-request-id"],
        event: "request-failed",
        message: "the database said no",
      }),
    );
  });

  it.each<[string, Handler]>([
    ["our own error page", html({ "x-colloquy-page": "1" }, 503)],
    ["our own error document", html({ ...shared, "x-colloquy-page": "1" }, 500)],
    [
      "the API's own words",
      (_, response) =>
        void response.writeHead(503, { "Content-Type": "application/problem+json" }).end('{"code":"unavailable"}'),
    ],
  ])("%s passes", async (_, handler) => {
    const door = await openDoor(handler);
    const got = await ask(door.port);
    expect(got.status).toBeGreaterThanOrEqual(500);
    expect(got.body).toMatch(/quick brown fox|"unavailable"/);
    expect(got.headers["cache-control"]).toBe("private, no-store");
    expect(got.headers).not.toHaveProperty("x-colloquy-page");
  });

  it("a page that is not there, blank without scripts, becomes readable; one with words stays", async () => {
    const shell = `<!DOCTYPE html><html id="__next_error__"><head></head><body>${script}</body></html>`;
    const blank = await ask((await openDoor(html({}, 404, shell))).port);
    expect(blank.status).toBe(404);
    expect(blank.body).toContain("There is no page at this address.");
    const marked = await ask((await openDoor(html(shared, 404, shell))).port);
    expect(marked.body).toContain("There is no page at this address.");
    expect(marked.headers).not.toHaveProperty("surrogate-control");
    const worded = await ask((await openDoor(html({}, 404))).port, { headers: { "accept-encoding": "br" } });
    expect(worded.status).toBe(404);
    expect(brotliDecompressSync(worded.bytes).toString()).toBe(page);
    expect(worded.headers["content-security-policy"]).toContain("'nonce-");
  });

  it("a page of ours that says 503 says when to try again as well (F4)", async () => {
    const away = await ask((await openDoor(html({ "x-colloquy-page": "1" }, 503))).port);
    expect(away.status).toBe(503);
    expect(away.headers["retry-after"]).toBe("5");
    const told = await ask((await openDoor(html({ "x-colloquy-page": "1", "retry-after": "60" }, 503))).port);
    expect(told.headers["retry-after"]).toBe("60");
  });

  it("a form of an earlier version is answered with what to do, as a page (F29)", async () => {
    const door = await openDoor((_request, response) => {
      response.writeHead(404, { "x-nextjs-action-not-found": "1", "Content-Type": "text/plain" });
      response.end("Server Action unavailable.");
    });
    const got = await ask(door.port, { method: "POST", body: "words" });
    expect(got.status).toBe(409);
    expect(got.headers["content-type"]).toContain("text/html");
    expect(got.body).toContain("where your text still is");
  });

  it("in the middle of a stream cut the connection: half a page must not look whole", async () => {
    const door = await openDoor(async (_request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.write("half");
      throw new Error("late");
    });
    await expect(ask(door.port)).rejects.toThrow();
    expect(door.logged).toContainEqual(expect.objectContaining({ event: "request-failed", message: "late" }));
  });
});

it.each<[string, Handler, string, string | undefined]>([
  ["a redirect", (_, response) => void response.writeHead(303, { Location: "/x" }).end(), "/", "private, no-store"],
  [
    "JSON",
    (_, response) => void response.writeHead(200, { "Content-Type": "application/json" }).end("{}"),
    "/",
    "private, no-store",
  ],
  [
    "JSON with a deliberate word",
    (_, response) =>
      void response
        .writeHead(200, ["Content-Type", "application/json", "Cache-Control", "public, max-age=60"])
        .end("{}"),
    "/",
    "public, max-age=60",
  ],
  [
    "a file of Next's",
    (_, response) => void response.writeHead(200, "Fine", { "Content-Type": "text/css" }).end("a{}"),
    "/_next/static/css/a.css",
    "public, max-age=31536000, immutable",
  ],
  [
    "a file with a cookie",
    (_, response) => void response.writeHead(200, { "Set-Cookie": ["a=b", "c=d"] }).end("a{}"),
    "/assets/a-1a2b3c4d.css",
    "private, no-store",
  ],
])("%s is kept as it should be", async (_, handler, path, expected) => {
  const door = await openDoor(handler);
  expect((await ask(door.port, { path })).headers["cache-control"]).toBe(expected);
});

it("the handler reads HEAD as GET, and a form's body to its end", async () => {
  const door = await openDoor(async (request, response) => {
    const body = await bodyOf(request);
    response.setHeader("X-Saw", `${request.method} ${body}`);
    response.end("body");
  });
  const head = await ask(door.port, { method: "HEAD" });
  expect(head.headers["x-saw"]).toBe("GET");
  expect(head.bytes).toHaveLength(0);
  expect((await ask(door.port, { method: "POST", body: "a=b" })).headers["x-saw"]).toBe("POST a=b");
});
