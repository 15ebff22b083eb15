// Where the page's own scripts are, which carry a hash in their names. Built by scripts/build-assets.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { once } from "@/lib/once";

const manifestSchema = z.object({
  enhance: z.string(),
  tools: z.string(),
  prove: z.string(),
  desk: z.string().optional(),
});

export type Enhancements = z.infer<typeof manifestSchema>;

function readManifest(): Enhancements {
  return manifestSchema.parse(JSON.parse(readFileSync(join(process.cwd(), "public/assets/manifest.json"), "utf8")));
}

/** The addresses of the scripts; null when they were not built, since every page works without them. */
export function enhancements(): Enhancements | null {
  try {
    // In development they are built again at every change.
    return process.env.NODE_ENV === "production" ? once("enhancements", readManifest) : readManifest();
  } catch {
    return null;
  }
}
