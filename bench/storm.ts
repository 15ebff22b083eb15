// `npm run bench:storm`: two hundred log-ins a second for a minute, all of them wrong, while readers read (F25). On the built product with a
// first-run site, with the limits that it has (R31); `-- 1000000` multiplies them, so that only the gate before the password hash (R29) is left.
import "@/scripts/node-env.mjs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { Client } from "@/bench/client";
import { startProduct } from "@/bench/processes";
import { filledForm } from "@/bench/scenarios/logging-in";
import { liveOrdinarily } from "@/bench/scenarios/ordinary-life";
import { usageOf } from "@/bench/usage";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";

const seconds = 60;
const perSecond = 200;
/** A reader comes this often, in milliseconds. */
const readEvery = 100;

if (!(await isCurrent())) await buildSite();
const dataDir = await mkdtemp(join(tmpdir(), "colloquy-storm-"));
const product = await startProduct(dataDir, {
  limitFactor: Number(process.argv[2] ?? 1),
  environment: { TRUSTED_PROXIES: "127.0.0.1" },
});
try {
  const fields = await filledForm(product.origin, { identifier: "tomasz", password: "a wrong guess" });
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const encoded = new Request(product.origin, { method: "POST", body: form });
  const body = Buffer.from(await encoded.arrayBuffer());
  const storm = (duration: number) =>
    autocannon({
      url: `${product.origin}/log-in`,
      method: "POST",
      headers: { "content-type": encoded.headers.get("content-type") ?? "", origin: product.origin },
      body,
      // One network may hold a hundred sockets; readers need some of them.
      connections: 80,
      overallRate: perSecond,
      duration,
      timeout: 20,
    });
  // What the server takes for the work of any day is not the storm's.
  const life = await liveOrdinarily(product.origin, { visits: 1_500, wrongLogIn: fields });
  const before = await usageOf(product.process);
  let storming = true;
  const times: number[] = [];
  const readers = (async () => {
    const reader = new Client(product.origin);
    while (storming) {
      const began = performance.now();
      const { status } = await reader.get("/articles/why-is-the-night-sky-dark", {});
      if (status !== 200) throw new Error(`A reader got ${status}.`);
      times.push(performance.now() - began);
      await pause(readEvery);
    }
  })();
  const result = await storm(seconds);
  storming = false;
  await readers;
  const after = await usageOf(product.process);
  times.sort((a, b) => a - b);
  const statuses = Object.entries(result.statusCodeStats ?? {}).map(([code, { count }]) => `${code}: ${count}`);
  process.stdout.write(
    [
      `before: ${life.reads} pages, ${life.posts} comments, ${life.logIns} wrong log-ins, ${life.refused} refused; then ${Math.round(before.rss / 1_048_576)} MB`,
      `log-ins answered ${result.requests.total}, no answer ${result.errors}; ${statuses.join(", ")}`,
      `reading meanwhile: ${times.length} pages, p95 ${(times[Math.floor(times.length * 0.95)] ?? Number.NaN).toFixed(0)} ms`,
      `memory +${((after.rss - before.rss) / 1_048_576).toFixed(0)} MB`,
      "",
    ].join("\n"),
  );
} finally {
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
}
