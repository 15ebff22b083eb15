// Nothing of the site is drawn when its code is built: the origin, the texts and the settings are of the place where it runs.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const manifest = z.object({ routes: z.record(z.string(), z.unknown()) });

it("draws only the framework's own two error pages at build time", () => {
  const { routes } = manifest.parse(JSON.parse(readFileSync(".next/prerender-manifest.json", "utf8")));
  expect(Object.keys(routes).sort()).toEqual(["/_global-error", "/_not-found"]);
});
