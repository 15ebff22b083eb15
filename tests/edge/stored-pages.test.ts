// Stored pages through the door: who gets which bytes, when a page is drawn, and what happens when it cannot be.
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { currentExchange } from "@/lib/edge/exchange";
import { hearOthers, purgeHere, purgePages } from "@/lib/edge/purge-pages";
import { wroteCookie, wroteMark } from "@/lib/edge/wrote";
import { type Ask, ask, bodyOf, type Handler, openDoor, type TestDoor } from "./door";

process.env.SECRET = "only for tests, and known to everybody";

const filler = "Words that everybody reads. ".repeat(100);

/** A site of one article: what stands there now, how often it was drawn, and how its drawing goes. */
class Site {
  words = "first";
  drawn = 0;
  /** Cookies and other headers of strangers that drawings saw. */
  readonly seen: (string | undefined)[] = [];
  /** The next drawings wait for it. */
  gate: Promise<void> | undefined;
  failure: "status" | "throw" | "half" | undefined;
  /** Otherwise it may be stored under `a`. */
  head: { status?: number; headers?: Record<string, string>; query?: string } = {};

  readonly handler: Handler = async (request, response) => {
    if (request.method === "POST") {
      this.words = await bodyOf(request);
      await purgePages(["a"]);
      response.setHeader("Set-Cookie", `${wroteCookie}=${wroteMark(Date.now())}`);
      response.end("written");
      return;
    }
    this.drawn++;
    this.seen.push(request.headers.cookie, request.headers["user-agent"]);
    const { words, gate, failure, head } = this;
    const raw = currentExchange()?.response;
    await gate;
    if (failure === "throw") throw new Error("The database is away.");
    response.statusCode = failure === "status" ? 503 : (head.status ?? 200);
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    const stored = { "Surrogate-Control": "max-age=3600", "Surrogate-Key": "a everything" };
    const marks = response.statusCode === 503 ? { "x-colloquy-page": "1" } : (head.headers ?? stored);
    for (const [name, value] of Object.entries(marks)) raw?.setHeader(name, value);
    raw?.setHeader("X-Colloquy-Query", head.query ?? "page");
    response.write(`<!DOCTYPE html><p>${words} ${request.url}</p>`);
    if (failure === "half") response.destroy(new Error("died half way"));
    else response.end(filler);
  };
}

async function opened(): Promise<{
  site: Site;
  door: TestDoor;
  read: (ask?: Ask) => Promise<string>;
  get: typeof ask;
}> {
  const site = new Site();
  const door = await openDoor(site.handler);
  const get = (_port: number, asked?: Ask) => ask(door.port, asked);
  const read = async (asked?: Ask) => /<p>(.*?)<\/p>/.exec((await ask(door.port, asked)).body)?.[1] ?? "nothing";
  return { site, door, read, get };
}

/** A promise and its end. */
function gate() {
  let open = () => {};
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open };
}

/** Drawings until the page counts as hot. */
async function heat(site: Site, read: (ask?: Ask) => Promise<string>): Promise<void> {
  for (let n = 0; n < 5; n++) {
    await purgePages(["a"]);
    await read();
  }
  site.words = "newest";
}

describe("a stored page", () => {
  it("is drawn once, for however many readers, tags, codings and cookies", async () => {
    const { site, door, read } = await opened();
    await read();
    const packed = await ask(door.port, { headers: { "accept-encoding": "br" } });
    expect(brotliDecompressSync(packed.bytes).toString()).toContain("first");
    const { etag = "" } = (await ask(door.port)).headers;
    const known = await ask(door.port, { headers: { "if-none-match": etag } });
    expect(known).toMatchObject({ status: 304, body: "" });
    const head = await ask(door.port, { method: "HEAD" });
    expect([head.body, head.headers["content-length"]]).toEqual(["", String((await ask(door.port)).bytes.length)]);
    expect((await ask(door.port, { headers: { range: "bytes=0-9" } })).status).toBe(200);
    await Promise.all(Array.from({ length: 30 }, (_, n) => read({ headers: { cookie: `session=${n}` } })));
    expect(site.drawn).toBe(1);
  });

  it("is the same, byte and header, when it has lain as when it was just made", async () => {
    const { door } = await opened();
    const [first, second] = [await ask(door.port), await ask(door.port)];
    const plain = ({ date: _, "x-request-id": id, ...headers }: typeof first.headers) => ({
      ...headers,
      id: id !== "",
    });
    expect(second.body).toBe(first.body);
    expect(plain(second.headers)).toEqual(plain(first.headers));
    expect(second.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
  });

  it("is made once for all who come while nothing is there", async () => {
    const { site, read } = await opened();
    const { closed, open } = gate();
    site.gate = closed;
    const readers = Array.from({ length: 20 }, () => read());
    await expect.poll(() => site.drawn).toBe(1);
    open();
    expect(new Set(await Promise.all(readers))).toEqual(new Set(["first /"]));
    expect(site.drawn).toBe(1);
  });

  it.each<[string, Record<string, string>, number, number]>([
    // The first one's own, and one for all.
    ["members, to a page", { cookie: "session=ada" }, 200, 2],
    // Nothing to share, and nobody waits for another.
    ["strangers, to an address that is not there", {}, 404, 20],
  ])("and many who come at once, %s, do not wait one after the other", async (_, headers, status, drawn) => {
    const { site, door } = await opened();
    if (status === 404) site.head = { status, headers: {} };
    const { closed, open } = gate();
    site.gate = closed;
    const readers = Array.from({ length: 20 }, () => ask(door.port, { headers }));
    await expect.poll(() => site.drawn).toBe(1);
    open();
    expect(new Set((await Promise.all(readers)).map((got) => got.status))).toEqual(new Set([status]));
    expect(site.drawn).toBe(drawn);
  });

  it("has one address, whatever is put into its query", async () => {
    const { site, read } = await opened();
    expect(await read({ path: "/a?utm_source=x" })).toBe("first /a?utm_source=x");
    for (let n = 0; n < 50; n++) expect(await read({ path: `/a?utm_source=${n}` })).toBe("first /a?utm_source=x");
    expect(await read({ path: "/a?page=2&x=1" })).toBe("first /a?page=2");
    expect(await read({ path: "/a?x=2&page=2" })).toBe("first /a?page=2");
    expect(site.drawn).toBe(2);
  });

  it("is drawn in nobody's name", async () => {
    const { site, read } = await opened();
    await read({ headers: { cookie: "session=ada", "user-agent": "Ada's" } });
    // The first was Ada's own, so another was drawn for all.
    await expect.poll(() => site.drawn).toBe(2);
    await purgePages(["a"]);
    await read({ headers: { cookie: "session=ada", "user-agent": "Ada's" } });
    expect(site.seen).toEqual(["session=ada", "Ada's", undefined, undefined, undefined, undefined]);
  });

  it.each<[string, Ask]>([
    ["Next's payload", { headers: { rsc: "1" } }],
    ["a part of the page", { headers: { "next-router-segment-prefetch": "/_tree" } }],
    ["a form", { method: "POST", body: "second" }],
    ["an answer that may be waited for", { headers: { expect: "100-continue" } }],
  ])("is not what answers a request for %s", async (_, asked) => {
    const { site, door, read } = await opened();
    await read();
    await ask(door.port, asked);
    expect(site.drawn + (asked.method === "POST" ? 1 : 0)).toBe(2);
  });

  it.each<[string, Site["head"]]>([
    ["what sets a cookie", { headers: { "Surrogate-Control": "max-age=9", "Set-Cookie": "a=b" } }],
    ["what says no-store", { headers: { "Surrogate-Control": "no-store" } }],
    ["what says nothing", { headers: {} }],
    ["an error of the reader's", { status: 400 }],
    ["a redirect for the moment", { status: 307 }],
  ])("never is %s", async (_, head) => {
    const { site, door, read } = await opened();
    site.head = head;
    await read();
    await ask(door.port);
    expect(site.drawn).toBe(2);
  });

  it("may be a page that says there is none, or where it went", async () => {
    const { site, door } = await opened();
    site.head = { status: 404 };
    expect([(await ask(door.port)).status, (await ask(door.port)).status]).toEqual([404, 404]);
    expect(site.drawn).toBe(1);
  });
});

describe("after a purge", () => {
  it("everybody gets the new page, and it is drawn once", async () => {
    const { site, door, read } = await opened();
    await read();
    await ask(door.port, { method: "POST", body: "second" });
    expect(await Promise.all(Array.from({ length: 20 }, () => read()))).toEqual(Array(20).fill("second /"));
    expect(site.drawn).toBe(2);
  });

  it("of another key nothing is drawn", async () => {
    const { site, read } = await opened();
    await read();
    await purgePages(["b"]);
    await read();
    expect(site.drawn).toBe(1);
  });

  it("a drawing that had begun is not trusted, and who came after the purge does not get it", async () => {
    const { site, read } = await opened();
    await read();
    await purgePages(["a"]);
    const { closed, open } = gate();
    site.gate = closed;
    const before = read();
    await expect.poll(() => site.drawn).toBe(2);
    site.words = "second";
    await purgePages(["a"]);
    const after = read();
    site.gate = undefined;
    open();
    expect(await Promise.all([before, after])).toEqual(["first /", "second /"]);
    expect(await read()).toBe("second /");
    expect(site.drawn).toBe(3);
  });

  it("a first answer that had begun is not trusted either", async () => {
    const { site, read } = await opened();
    const { closed, open } = gate();
    site.gate = closed;
    const before = read();
    await expect.poll(() => site.drawn).toBe(1);
    site.words = "second";
    await purgePages(["a"]);
    open();
    await before;
    site.gate = undefined;
    expect(await read()).toBe("second /");
  });

  it("what has become private or gone is let go of", async () => {
    const { site, door, read } = await opened();
    await read();
    site.head = { status: 404, headers: { "Surrogate-Control": "no-store" } };
    await purgePages(["a"]);
    expect((await ask(door.port)).status).toBe(404);
    site.failure = "throw";
    expect((await ask(door.port)).status).toBe(500);
  });
});

describe("a hot page", () => {
  it("is drawn a few times a second at most; readers get the bytes before, for a moment", async () => {
    const { site, read } = await opened();
    await heat(site, read);
    const before = site.drawn;
    const began = Date.now();
    await purgePages(["a"]);
    while ((await read()) !== "newest /") await purgePages(["a"]);
    expect(Date.now() - began).toBeLessThan(1_500);
    expect(site.drawn - before).toBeLessThanOrEqual(2);
  });

  it.each<[string, () => Record<string, string>]>([
    ["who wrote", () => ({ cookie: `x=1; ${wroteCookie}=${wroteMark(Date.now())}` })],
    ["who pressed reload", () => ({ "cache-control": "max-age=0" })],
    ["a program", () => ({ authorization: "Bearer x" })],
  ])("is never old for %s", async (_, headers) => {
    const { site, read } = await opened();
    for (let n = 0; n < 12; n++) {
      site.words = `words ${n}`;
      await purgePages(["a"]);
      expect(await read({ headers: headers() })).toBe(`words ${n} /`);
    }
  });

  it("is drawn no oftener for somebody who forges the mark of a writer", async () => {
    const { site, read } = await opened();
    await read();
    const [, at = ""] = wroteMark(Date.now()).split(".");
    for (const forged of [`abcdefgh.${at}.${"A".repeat(22)}`, "", "..", `abcdefgh.${at}`, "x".repeat(8_000)]) {
      await read({ headers: { cookie: `${wroteCookie}=${forged}` } });
    }
    expect(site.drawn).toBe(1);
  });
});

describe("when nothing can be drawn", () => {
  it.each<[NonNullable<Site["failure"]>]>([["status"], ["throw"], ["half"]])(
    "(%s) readers get the last good bytes, and are told",
    async (failure) => {
      const { site, door, read } = await opened();
      await read();
      site.failure = failure;
      await purgePages(["a"]);
      for (let n = 0; n < 20; n++) {
        const got = await ask(door.port, { headers: { "cache-control": "no-cache" } });
        expect(got).toMatchObject({ status: 200, headers: { warning: expect.stringContaining("111") } });
        expect(got.body).toContain("first");
      }
      expect(site.drawn).toBe(2);
    },
  );

  it("what died half way is never stored", async () => {
    const { site, door, read } = await opened();
    site.failure = "half";
    expect((await ask(door.port)).status).toBe(500);
    site.failure = undefined;
    expect(await read()).toBe("first /");
  });

  it("readers do not wait for a drawing that takes too long, except who must", async () => {
    const { site, door, read } = await opened();
    await read();
    await purgePages(["a"]);
    const { closed, open } = gate();
    site.gate = closed;
    const exact = read({ headers: { "cache-control": "no-cache" } });
    const got = await ask(door.port);
    expect(got.headers.warning).toContain("111");
    const later = await ask(door.port);
    expect(later.body).toContain("first");
    site.words = "second";
    open();
    expect(await exact).toBe("first /");
  });
});

describe("with other processes", () => {
  it("somebody who wrote there a moment ago gets a new drawing here, before the news has come", async () => {
    const { site, read } = await opened();
    await read();
    site.words = "second";
    expect(await read()).toBe("first /");
    // As the other process would sign it; a name of its own is all that differs.
    const mark = await markOfAnother();
    expect(await read({ headers: { cookie: `${wroteCookie}=${mark}` } })).toBe("second /");
    expect(await read()).toBe("second /");
  });

  it("while they are not heard, pages are believed for a second only; then they are drawn anew", async () => {
    const { site, read } = await opened();
    await read();
    hearOthers(Date.now());
    site.words = "second";
    await expect.poll(() => read(), { timeout: 5_000 }).toBe("second /");
    hearOthers(undefined);
    await purgeHere("all");
    await read();
    const before = site.drawn;
    await read();
    expect(site.drawn).toBe(before);
  });
});

async function markOfAnother(): Promise<string> {
  const { createHmac } = await import("node:crypto");
  const { keyFor } = await import("@/lib/env");
  const said = `elsewher.${Date.now().toString(36)}`;
  return `${said}.${createHmac("sha256", keyFor("wrote-mark")).update(said).digest("base64url").slice(0, 22)}`;
}
