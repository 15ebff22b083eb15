import { expect, it, onTestFinished } from "vitest";
import { startWatchdog } from "@/lib/edge/watchdog";
import { ask, openDoor } from "./door";

it("a process that stood still says so, is not ready for a while, and recovers by itself (F33)", async () => {
  const stalls: number[] = [];
  const dog = startWatchdog((ms) => stalls.push(ms), { every: 20, tolerated: 150, afterwards: 300 });
  onTestFinished(dog.stop);
  const door = await openDoor(() => {}, { ready: async () => !dog.stalled() });
  const ready = async () => (await ask(door.port, { path: "/readyz" })).status;
  expect(await ready()).toBe(200);
  for (const end = performance.now() + 400; performance.now() < end; ); // the bug
  expect(await ready()).toBe(503);
  expect((await ask(door.port, { path: "/healthz" })).status).toBe(200);
  await expect.poll(ready, { timeout: 5_000 }).toBe(200);
  expect(stalls.length).toBeGreaterThan(0);
  expect(Math.max(...stalls)).toBeGreaterThan(150);
});
