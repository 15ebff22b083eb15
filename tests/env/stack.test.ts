// An error in built code names the file and line that somebody wrote.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stackOf } from "@/lib/stack";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-stack-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is thrown by a built file. @param map what stands in the file beside it, unless the right one does */
async function thrownBy(name: string, map?: string): Promise<unknown> {
  const source = join(folder, `${name}.ts`);
  const outfile = join(folder, `${name}.mjs`);
  await writeFile(source, `// One\n\nexport function fail(what: string): never {\n  throw new Error(what);\n}\n`);
  // Built without the remark that would make Node, or Vitest, use the map.
  await build({ entryPoints: [source], outfile, format: "esm", minify: true, sourcemap: "external" });
  if (map !== undefined) await writeFile(`${outfile}.map`, map);
  const { fail } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  try {
    return fail("it broke");
  } catch (error) {
    return error;
  }
}

it("names the line as it was written", async () => {
  const stack = stackOf(await thrownBy("shop"));
  expect(stack).toMatch(/^Error: it broke\n/);
  expect(stack).toMatch(/shop\.ts:4:\d+/);
  expect(stack).not.toMatch(/shop\.mjs/);
});

it("is the built one where the map is broken", async () => {
  expect(stackOf(await thrownBy("broken", "{"))).toMatch(/broken\.mjs:1:\d+/);
});

it("of what is no error is what it says", () => {
  expect(stackOf("no")).toBe("no");
});
