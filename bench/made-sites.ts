// The generated sites that the benches start the product on, each in a folder of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("../node_modules/.cache/colloquy-bench/", import.meta.url));

/** Where the site of a size is, or will be. */
export function siteFolder(size: string): string {
  return join(home, size);
}

/** Makes a generated site in a folder of its own, whole or not at all. */
export async function generate(size: string, dataDir: string): Promise<void> {
  const draft = `${dataDir}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(draft), { recursive: true });
  const args = ["--import", "tsx", "bench/generate.ts", "--size", size, "--account"];
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, DATA_DIR: draft },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error("The site could not be generated.");
  await rm(dataDir, { recursive: true, force: true });
  await rename(draft, dataDir);
}
