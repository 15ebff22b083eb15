// F1 and F3: the server killed, or asked to stop, at a random moment of a POST. What was acknowledged is kept; what was not is there whole or not at all;
// the same request again gives the first result, and every count is what a recount gives.
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { runningEmbeddedDatabase } from "@/scripts/embedded-database";
import { miscounts } from "@/tests/services/recount";
import { until } from "@/tests/support/condition";
import { makeDataDir, removeDataDir, type StartedServer, startServer } from "@/tests/support/server";

/** Enough to hit before, in and after the transaction; more only when something is suspected: CRASH_ROUNDS=200. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 10);
/** Sent at once in every round. */
const abreast = 4;
/** A POST on a busy machine is over by then. */
const longestWaitMs = 300;
/** To see a failure again: CRASH_SEED=… with the number that is printed. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));

const article = "do-plants-hear";

interface Wish {
  key: string;
  body: string;
}

let dataDir: string | undefined;
let server: StartedServer | undefined;

afterAll(async () => {
  if (server?.process.exitCode === null) await server.stop();
  if (dataDir) await removeDataDir(dataDir);
});

/** Mulberry32: small, and the same everywhere. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The comment's id when the post was acknowledged; undefined when the answer never came. */
async function post(origin: string, { key, body }: Wish): Promise<string | undefined> {
  try {
    const response = await fetch(`${origin}/api/v1/articles/${article}/comments`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify({ body }),
    });
    // The front door found nobody behind it any more: that is no promise.
    if (response.status >= 500) return undefined;
    const answer: unknown = await response.json();
    if (response.status !== 201) throw new Error(`Answered ${response.status}: ${JSON.stringify(answer)}`);
    return typeof answer === "object" && answer !== null && "id" in answer ? String(answer.id) : undefined;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("Answered")) throw error;
    return undefined;
  }
}

async function withSql<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const urls = await runningEmbeddedDatabase(dataDir ?? "");
  const client = new pg.Client({ connectionString: urls?.databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const idsOf = ({ body }: Wish) =>
  withSql(async (client) => {
    const { rows } = await client.query<{ id: string }>("SELECT id::text FROM comments WHERE body = $1", [body]);
    return rows.map(({ id }) => id);
  });

const recount = () =>
  withSql((client) => miscounts({ sql: async (text, values) => (await client.query(text, values)).rows }));

it(
  `keeps every promise through ${rounds} kills (seed ${seed})`,
  async () => {
    const random = randomFrom(seed);
    dataDir = await makeDataDir();
    server = await startServer({ dataDir });
    const promised = new Map<Wish, string>();
    for (let round = 0; round < rounds; round++) {
      const wishes = Array.from({ length: abreast }, (_, nth) => ({
        key: randomUUID(),
        body: `Round ${round}, ${nth}.`,
      }));
      const { origin, kill } = server;
      const answers = Promise.all(wishes.map((wish) => post(origin, wish)));
      // The moment itself is the experiment; nothing is waited for.
      await pause(random() * longestWaitMs);
      await kill();
      const first = await answers;

      server = await startServer({ dataDir });
      for (const [nth, wish] of wishes.entries()) {
        const acknowledged = first[nth];
        const rows = await idsOf(wish);
        expect(rows.length, `rows of an unanswered post, ${wish.body}`).toBeLessThanOrEqual(1);
        if (acknowledged) expect(rows, `the acknowledged ${wish.body}`).toEqual([acknowledged]);
        const again = await post(server.origin, wish);
        expect(await idsOf(wish)).toEqual([again]);
        if (rows[0]) expect(again).toBe(rows[0]);
        if (again) promised.set(wish, again);
      }
      expect(await recount()).toEqual([]);
    }
    const page = await (await fetch(`${server.origin}/articles/${article}`)).text();
    expect(promised.size).toBe(rounds * abreast);
    for (const [{ body }, id] of promised) {
      expect(page).toContain(`id="c-${id}"`);
      expect(page).toContain(body);
    }
    expect(await server.stop()).toBe(0);
  },
  // Each round starts a server.
  60_000 + rounds * 60_000,
);

it("asked to stop with a hundred posts in flight, it answers each or never had it, and ends by itself (F3, R91)", async () => {
  server = await startServer(dataDir ? { dataDir } : {});
  dataDir = server.dataDir;
  const { origin } = server;
  const wishes = Array.from({ length: 100 }, (_, nth) => ({ key: randomUUID(), body: `While it stops, ${nth}.` }));
  const answers = wishes.map((wish) => post(origin, wish));
  // Some are through, most are not.
  await Promise.race(answers);
  expect(await server.stop()).toBe(0);
  const first = await Promise.all(answers);
  expect(first.filter(Boolean).length).toBeGreaterThan(0);

  server = await startServer({ dataDir });
  for (const [nth, wish] of wishes.entries()) {
    const rows = await idsOf(wish);
    expect(rows.length, `rows of ${wish.body}`).toBeLessThanOrEqual(1);
    if (first[nth]) expect(rows, `the acknowledged ${wish.body}`).toEqual([first[nth]]);
  }
  // Whoever got no answer sends it again and finds it there once.
  const unanswered = wishes.filter((_, nth) => !first[nth]);
  const { origin: now } = server;
  const sender = async () => {
    for (let wish = unanswered.pop(); wish; wish = unanswered.pop()) {
      const same = wish;
      const again = await until(`an answer to ${same.body}`, () => post(now, same));
      expect(await idsOf(wish)).toEqual([again]);
    }
  };
  await Promise.all(Array.from({ length: abreast }, sender));
  expect(await recount()).toEqual([]);
  expect(await server.stop()).toBe(0);
});
