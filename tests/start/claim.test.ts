// Who has a claim, and whose claim counts no more.
import { spawn } from "node:child_process";
import { utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { claim } from "@/scripts/claim";
import { makeDataDir, removeDataDir } from "@/tests/support/server";

let folder: string;
let file: string;
let turn = 0;
beforeAll(async () => {
  folder = await makeDataDir();
});
beforeEach(() => {
  file = join(folder, `claim-${turn++}`);
});
afterAll(() => removeDataDir(folder));

const write = (holder: object) => writeFile(file, JSON.stringify(holder));

it("is had by one at a time, and again by the next once it is let go", async () => {
  const first = await claim(file);
  expect(await claim(file)).toEqual({ heldBy: `process ${process.pid}` });
  first.release?.();
  expect((await claim(file)).heldBy).toBeUndefined();
});

it("is had by exactly one of many that ask at once, also when a dead one's claim lies there", async () => {
  await write({ pid: 999_999_999, started: "", host: hostname() });
  const claims = await Promise.all(Array.from({ length: 20 }, () => claim(file)));
  expect(claims.filter(({ heldBy }) => heldBy === undefined)).toHaveLength(1);
});

it("of a process that ended counts no more", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.once("exit", resolve));
  await write({ pid: child.pid, started: "whenever", host: hostname() });
  expect((await claim(file)).heldBy).toBeUndefined();
});

it("of an earlier process whose number another has now counts no more", async () => {
  await write({ pid: process.pid, started: "another boot:1", host: hostname() });
  expect((await claim(file)).heldBy).toBeUndefined();
});

it("of another machine counts as long as it is touched", async () => {
  await write({ pid: 1, started: "", host: "elsewhere" });
  expect(await claim(file)).toEqual({ heldBy: "process 1 on elsewhere" });
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(file, longAgo, longAgo);
  expect((await claim(file)).heldBy).toBeUndefined();
});

it("that is unreadable counts no more", async () => {
  await writeFile(file, "{ half");
  expect((await claim(file)).heldBy).toBeUndefined();
});
