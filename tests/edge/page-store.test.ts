// The memory of finished pages: what is found, what becomes stale, and what has to go.
import { describe, expect, it } from "vitest";
import { makePage } from "@/lib/edge/page";
import { PageStore } from "@/lib/edge/page-store";

const kilobyte = 1_024;

interface Sketch {
  path?: string;
  search?: string;
  query?: string[];
  keys?: string[];
  size?: number;
  during?: (store: PageStore) => void;
}

function keep(
  store: PageStore,
  { path = "/", search = "", query = [], keys = ["k"], size = 100, during }: Sketch = {},
) {
  const drawing = store.begin();
  during?.(store);
  const page = makePage({ status: 200, headers: { "content-type": "text/html" }, identity: Buffer.alloc(size, "x") });
  const kept = store.keep({ path, search, query, keys, page, drawing });
  drawing.end();
  return kept;
}

const isStale = (store: PageStore, address: string) => store.find(address)?.staleSince !== undefined;

describe("addresses", () => {
  it.each<[string, string, string[], string]>([
    ["nothing", "", ["page"], "/a"],
    ["what the page does not read", "?utm_source=x&fbclid=1", ["page"], "/a"],
    ["everything, when the page reads nothing", "?page=2", [], "/a"],
    ["what it reads, in its order", "?page=2&x=1&sort=newest", ["sort", "page"], "/a?sort=newest&page=2"],
    ["all of several, for the page to choose", "?page=2&page=3", ["page"], "/a?page=2&page=3"],
    ["one spelling", "?page=%32&sort=a+b", ["page", "sort"], "/a?page=2&sort=a+b"],
  ])("keep of a query: %s", (_, search, query, address) => {
    const store = new PageStore();
    keep(store, { path: "/a", query });
    expect(store.addressOf("/a", search)).toBe(address);
  });

  it("have no place for a path in two spellings, nor for a query longer than any of ours", () => {
    const store = new PageStore();
    expect(keep(store, { path: "/%61rticles" })).toBe(false);
    expect(keep(store, { path: "/caf%C3%A9" })).toBe(true);
    expect(keep(store, { path: "/a", query: ["q"], search: `?q=${"x".repeat(600)}` })).toBe(false);
    expect(store.size).toBe(1);
  });

  it("are unknown until a page was kept and after the last one has gone", () => {
    const store = new PageStore();
    expect(store.addressOf("/a", "?page=2")).toBeUndefined();
    keep(store, { path: "/a", search: "?page=2", query: ["page"] });
    expect(store.addressOf("/a", "?page=3")).toBe("/a?page=3");
    store.drop("/a?page=2");
    expect(store.addressOf("/a", "?page=3")).toBeUndefined();
  });
});

describe("purging", () => {
  it("makes stale what stands under the key and nothing else, and keeps the bytes", () => {
    const store = new PageStore();
    keep(store, { path: "/a", keys: ["article-1", "front"] });
    keep(store, { path: "/b", keys: ["article-2", "front"] });
    store.purge(["article-1", "nobody"]);
    expect([isStale(store, "/a"), isStale(store, "/b")]).toEqual([true, false]);
    expect(store.find("/a")?.page.identity).toHaveLength(100);
    store.purge(["front"]);
    expect(isStale(store, "/b")).toBe(true);
  });

  it.each<[string, Sketch, boolean]>([
    ["a purge of its key", { during: (store) => store.purge(["k"]) }, true],
    ["a purge of another key", { during: (store) => store.purge(["other"]) }, false],
    ["a purge of everything", { during: (store) => store.purgeAll() }, true],
    [
      "a storm that nobody can remember",
      { during: (store) => store.purge(Array.from({ length: 5_000 }, (_, n) => `n${n}`)) },
      true,
    ],
    ["nothing", {}, false],
  ])("during the drawing: %s", (_, sketch, stale) => {
    const store = new PageStore();
    keep(store, sketch);
    expect(isStale(store, "/")).toBe(stale);
  });

  it("does not hold back a page that was drawn after it", () => {
    const store = new PageStore();
    store.purge(["k"]);
    keep(store);
    expect(isStale(store, "/")).toBe(false);
    store.purge(["k"]);
    keep(store);
    expect(isStale(store, "/")).toBe(false);
  });
});

describe("bounds", () => {
  it("hold for the bytes of all, and what was not used for longest goes first", () => {
    const store = new PageStore({ bytes: 400 * kilobyte });
    for (let n = 0; n < 1_000; n++) {
      keep(store, { path: `/p${n}`, size: 20 * kilobyte });
      store.find("/p0");
      expect(store.bytes).toBeLessThanOrEqual(400 * kilobyte);
    }
    expect(store.size).toBeGreaterThan(10);
    expect(store.find("/p0")).toBeDefined();
    expect(store.find("/p999")).toBeDefined();
    expect(store.find("/p500")).toBeUndefined();
  });

  it("hold for one page, which would push out all others", () => {
    const store = new PageStore({ bytes: 400 * kilobyte });
    expect(keep(store, { size: 60 * kilobyte })).toBe(false);
    expect(store.size).toBe(0);
  });

  it("hold for tiny pages too, which cost more than their bytes", () => {
    const store = new PageStore({ bytes: 400 * kilobyte });
    for (let n = 0; n < 1_000; n++) keep(store, { path: `/p${n}`, size: 1 });
    expect(store.size).toBeLessThanOrEqual(100);
  });

  it("hold for the queries of one path", () => {
    const store = new PageStore({ variants: 5 });
    keep(store, { path: "/other" });
    for (let n = 0; n < 100; n++) keep(store, { path: "/a", query: ["page"], search: `?page=${n}` });
    expect(store.size).toBe(6);
    expect(store.find("/a?page=99")).toBeDefined();
  });

  it("count packings when they are made", async () => {
    const store = new PageStore();
    const identity = Buffer.from("words ".repeat(5_000));
    const page = makePage({
      ...{ status: 200, headers: { "content-type": "text/html" }, identity },
      onGrown: (bytes) => store.grow(page, "/", bytes),
    });
    const drawing = store.begin();
    store.keep({ path: "/", search: "", query: [], keys: [], page, drawing });
    const before = store.bytes;
    const packed = await page.packed("br");
    expect(store.bytes).toBe(before + packed.body.length);
    // Drawn again with the same words: nothing needs packing again, and nothing is counted twice.
    const again = makePage({ ...page, onGrown: (bytes) => store.grow(again, "/", bytes) });
    store.keep({ path: "/", search: "", query: [], keys: [], page: again, drawing: store.begin() });
    expect([store.bytes, again.ready("br")?.body]).toEqual([before + packed.body.length, packed.body]);
    store.drop("/");
    expect([store.bytes, store.size]).toEqual([0, 0]);
  });
});
