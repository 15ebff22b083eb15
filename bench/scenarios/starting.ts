// From `npm start` on a site that is built and has been started before, to its first page.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const patience = 120_000;

async function firstPage(said: () => string): Promise<void> {
  for (const began = performance.now(); performance.now() - began < patience; await pause(10)) {
    const origin = /Read and discuss\s+\S*?(https?:\/\/[\w.:[\]-]+)/.exec(said())?.[1];
    if (!origin) continue;
    const page = await fetch(origin);
    await page.text();
    if (page.status === 200) return;
  }
  throw new Error(`No page came. It said:\n${said()}`);
}

/** @returns how long each of `times` starts took, in milliseconds, the quickest first */
export async function starting(dataDir: string, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let nth = 0; nth < times; nth++) {
    const began = performance.now();
    const child = spawn("npm", ["start"], {
      cwd: root,
      env: { ...process.env, PORT: "0", DATA_DIR: dataDir },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    const closed = once(child, "close");
    try {
      await firstPage(() => said);
      took.push(performance.now() - began);
    } finally {
      // npm hands it on.
      child.kill("SIGTERM");
      await closed;
    }
  }
  return took.sort((a, b) => a - b);
}
