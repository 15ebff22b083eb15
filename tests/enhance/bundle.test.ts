// What the scripts of public pages may weigh on the wire; the same input gives the same figure everywhere.
import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { NESTING_DRAWN } from "@/components/enhance/place";
import { limits } from "@/lib/domain/limits";
import { bundle } from "./bundle";

describe("the scripts of public pages", () => {
  it.each([
    { name: "main", budget: 2 * 1024, why: "every reader downloads it, and the first paint waits for it" },
    { name: "tools", budget: 12 * 1024, why: "the budget of performance.md for everything that enhances a page" },
    { name: "prove", budget: 3 * 1024, why: "it is fetched while somebody waits for it" },
  ] as const)("$name is at most $budget bytes in brotli: $why", async ({ name, budget }) => {
    const text = await bundle(name);
    expect(text.length).toBeGreaterThan(50);
    expect(brotliCompressSync(text).length).toBeLessThanOrEqual(budget);
  });

  it("carries no framework and makes no code out of strings", async () => {
    const text = (await bundle("main")) + (await bundle("tools"));
    expect(text).not.toMatch(/react|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write/i);
  });

  it("nests replies as deep as the server does", () => {
    expect(NESTING_DRAWN).toBe(limits.nestingShown);
  });
});
