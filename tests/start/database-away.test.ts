// A database that is there and does not answer (F6), and one that takes nobody in (F7): whoever writes is told in a sentence within a
// bounded time, readers of stored pages notice nothing, and afterwards all is as before without a restart.
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runningEmbeddedDatabase } from "@/scripts/embedded-database";
import { until } from "@/tests/support/condition";
import { removeDataDir, type StartedServer, startServer } from "@/tests/support/server";

const article = "/articles/do-plants-hear";

/** The site gives up after five and a half seconds; a machine that does other things as well may need some more, a request without bound all. */
const bound = 15_000;

let server: StartedServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await removeDataDir(server.dataDir);
});

function post(body: string): Promise<Response> {
  return fetch(`${server.origin}/api/v1${article}/comments`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ body }),
    signal: AbortSignal.timeout(bound),
  });
}

async function postgresProcesses(): Promise<number[]> {
  const [first = ""] = (await readFile(join(server.dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n");
  const { stdout } = spawnSync("pgrep", ["-P", first], { encoding: "utf8" });
  return [first, ...stdout.split("\n")].map(Number).filter(Boolean);
}

async function expectRecovered(words: string): Promise<void> {
  await until("posts to be taken again", async () => (await post(words)).status === 201);
  expect(await (await fetch(server.origin + article)).text()).toContain(words);
  await until("the site to be ready", async () => (await fetch(`${server.origin}/readyz`)).ok);
}

it("a database that does not answer: 503 with a sentence, stored pages as ever, and back by itself (F6)", async () => {
  await (await fetch(server.origin + article)).text();
  expect((await post("Before it froze.")).status).toBe(201);
  await (await fetch(server.origin + article)).text();
  const frozen = await postgresProcesses();
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  try {
    const answers = await Promise.all(["One.", "Two.", "Three."].map(post));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    for (const answer of answers) {
      expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(await answer.json()).toMatchObject({ status: 503, detail: expect.stringMatching(/try again/i) });
    }
    const page = await fetch(server.origin + article, { signal: AbortSignal.timeout(bound) });
    expect([page.status, (await page.text()).includes("Before it froze.")]).toEqual([200, true]);
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(503);
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
  await expectRecovered("After it thawed.");
});

it("a database that takes nobody in: 201 or 503, never a wait without end, and back by itself (F7)", async () => {
  const urls = await runningEmbeddedDatabase(server.dataDir);
  const taken: pg.Client[] = [];
  /** Takes every place that is free. */
  const takeAll = async () => {
    for (;;) {
      const client = new pg.Client({ connectionString: urls?.databaseUrl });
      client.on("error", () => {});
      try {
        await client.connect();
        taken.push(client);
      } catch {
        return;
      }
    }
  };
  await takeAll();
  const [first] = taken;
  // The site's own connections are gone as well, and their places taken before it can have new ones.
  await first?.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'colloquy' AND pid <> pg_backend_pid()",
  );
  await takeAll();
  try {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, nth) => post(`In the crowd, ${nth}.`)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect(statuses).toContain(503);
  } finally {
    await Promise.all(taken.map((client) => client.end()));
  }
  await expectRecovered("After the crowd had left.");
});
