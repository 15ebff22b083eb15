// A page's packings: quick for who waits, as small as can be for what stays, never on the main thread.
import { setImmediate as turn } from "node:timers/promises";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, expect, it, vi } from "vitest";
import { packBestLater } from "@/lib/edge/best-packing";
import { packBest } from "@/lib/edge/encoding";
import { makePage, matches, settledAfter } from "@/lib/edge/page";

/** A quarter of a second of work, on a machine that may be busy with other things. */
const patience = 60_000;

/** Words that repeat themselves as a page's do: twice is not yet a pattern. */
const identity = Buffer.from(
  Array.from({ length: 4_000 }, (_, n) => `<p id="c-${n}">${(n * 7919) % 1013} of ${n % 97}</p>`).join(""),
);
const html = { "content-type": "text/html; charset=utf-8" };
const made = (headers: Record<string, string> = html) => makePage({ status: 200, headers, identity });

afterEach(() => {
  vi.useRealTimers();
});

it(
  "is packed as small as can be once it has lain for a while and is read",
  async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const page = made();
    const quick = await page.packed("br");
    expect(page.ready("br")).toBe(quick);
    vi.setSystemTime(Date.now() + settledAfter + 1);
    // Whoever comes first does not wait for it.
    expect(page.ready("br")).toBe(quick);
    await expect.poll(() => page.ready("br")?.best, { timeout: patience }).toBe(true);
    const best = page.ready("br");
    expect(best?.body.length).toBeLessThan(quick.body.length);
    expect(brotliDecompressSync(best?.body ?? "").equals(identity)).toBe(true);
    // Other bytes, another tag; the same text, so nobody is sent it twice.
    expect(best?.etag).not.toBe(quick.etag);
    expect([matches(quick.etag, best?.etag ?? ""), matches(`W/${best?.etag}`, quick.etag)]).toEqual([true, true]);
    expect(matches(page.ready(undefined)?.etag, quick.etag)).toBe(false);
  },
  patience,
);

it(
  "stays as it was packed first while it is drawn anew again and again",
  async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const page = made();
    await page.packed("br");
    vi.setSystemTime(Date.now() + settledAfter - 1);
    expect(page.ready("br")?.best).toBe(false);
    // Nothing was asked for: a body that is asked for now is the only one there.
    const done = await new Promise<Buffer>((resolve) => packBestLater(Buffer.from("a".repeat(2_000)), resolve));
    expect([done.length < 100, page.ready("br")?.best]).toEqual([true, false]);
  },
  patience,
);

it("is packed as small as can be at once when it never changes", async () => {
  const file = made({ "content-type": "text/css", "cache-control": "public, max-age=31536000, immutable" });
  const small = makePage({ ...file, identity: identity.subarray(0, 60_000) });
  expect((await small.packed("br")).best).toBe(true);
  // One that would take long to pack is not waited for.
  expect((await file.packed("br")).best).toBe(false);
});

it("refuses to pack again what is very large, and what too many wait for", () => {
  expect(packBestLater(Buffer.alloc(600 * 1024), () => {})).toBe(false);
  const tiny = Buffer.from("a".repeat(2_000));
  const taken = Array.from({ length: 300 }, () => packBestLater(tiny, () => {}));
  expect(taken.filter(Boolean).length).toBeLessThanOrEqual(201);
  expect(taken.at(-1)).toBe(false);
});

it("leaves the main thread free meanwhile", async () => {
  let packed = false;
  const packing = packBest(identity).then(() => {
    packed = true;
  });
  let turns = 0;
  for (; !packed; turns++) await turn();
  await packing;
  expect(turns).toBeGreaterThan(50);
});
