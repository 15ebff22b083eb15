// What is printed and logged goes where the process was told to put it; a full disk there stops nothing (F10).
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Logs, prints, waits and logs again, then exits with 7. @returns the exit code, or the signal that ended it */
async function logInto(path: string): Promise<number | string | null> {
  const file = openSync(path, "a");
  const script = join(process.cwd(), "tests/support/log-and-live.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", file, file],
    timeout: 60_000,
  });
  closeSync(file);
  return new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
}

test("a process whose output and log meet a full device goes on to its end", async () => {
  expect(await logInto("/dev/full")).toBe(7);
});

test("every line is written before the process ends, the last one, too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "colloquy-log-"));
  const path = join(folder, "log");
  expect(await logInto(path)).toBe(7);
  const lines = readFileSync(path, "utf8").split("\n");
  const logged = lines.filter((line) => line.startsWith("{")).map((line): unknown => JSON.parse(line));
  expect(logged).toMatchObject([{ nth: 1 }, { nth: 2 }, { nth: 3 }, { msg: expect.stringContaining("last line") }]);
  expect(lines.filter((line) => line.startsWith("Words"))).toHaveLength(6);
  rmSync(folder, { recursive: true });
});
