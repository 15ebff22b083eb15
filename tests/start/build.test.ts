// Nothing of the site is drawn when its code is built: the origin, the texts and the settings are of the place where it runs. And what
// many routes have in common is there once.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";

const manifest = z.object({ routes: z.record(z.string(), z.unknown()) });

it("draws only the framework's own two error pages at build time", () => {
  const { routes } = manifest.parse(JSON.parse(readFileSync(".next/prerender-manifest.json", "utf8")));
  expect(Object.keys(routes).sort()).toEqual(["/_global-error", "/_not-found"]);
});

it("has no code twice", () => {
  for (const folder of [".next/server/chunks", ".next/server/chunks/ssr"]) {
    const names = new Map<string, string>();
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
      const code = readFileSync(join(folder, name), "utf8").replace(/\n\/\/# sourceMappingURL=.*/, "");
      // A reference to another chunk is a line.
      if (code.length < 1_000) continue;
      expect(names.get(code), name).toBeUndefined();
      names.set(code, name);
    }
  }
});
