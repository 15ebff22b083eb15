// The bus over Postgres: LISTEN and NOTIFY on a connection of its own, made again when it breaks. It needs a session, so a pooler
// in front that lends connections for one transaction only does not do.
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Channel, ChannelEvents } from "@/lib/store/channel";
import { patience } from "@/lib/store/pool";

/** Between two tries to connect, in milliseconds; it doubles from the first to the last. */
const firstPause = 100;
const longestPause = 5_000;

/** Every process of the site listens under this name. */
const channelName = "colloquy_purge";

/** The names of the connections of processes of the site, and of programs that only have something to say. */
const names = { process: "colloquy bus", program: "colloquy word" } as const;

/** Connects at once and for good, until it is closed. */
export function listenOnPostgres(events: ChannelEvents, who: keyof typeof names = "process"): Channel {
  const closing = new AbortController();
  let current: pg.Client | undefined;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: env().databaseUrl,
      application_name: names[who],
      keepAlive: true,
      connectionTimeoutMillis: patience.connect,
      query_timeout: patience.answer,
    });
    client.on("error", () => {});
    client.on("notification", ({ payload = "" }) => events.message(payload));
    try {
      await client.connect();
      // What is told need not survive a crash of the database: whoever was connected must then ask for everything anyway.
      await client.query("SET synchronous_commit = off");
      await client.query(`LISTEN ${channelName}`);
      return client;
    } catch (error) {
      drop(client);
      throw error;
    }
  };

  const run = async () => {
    let wait = firstPause;
    while (!closing.signal.aborted) {
      try {
        const client = await connect();
        const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
        current = client;
        wait = firstPause;
        if (closing.signal.aborted) drop(client);
        else events.up();
        await ended;
        current = undefined;
        events.down();
        if (!closing.signal.aborted) log().warn("What other processes write is not heard. Connecting again.");
      } catch (error) {
        log().debug({ reason: String(error) }, "The bus cannot connect.");
      }
      await pause(wait, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      wait = Math.min(wait * 2, longestPause);
    }
  };
  const running = run();

  return {
    async send(message) {
      if (!current) throw new Error("The bus is not connected.");
      await current.query("SELECT pg_notify($1, $2)", [channelName, message]);
    },
    async others() {
      if (!current) throw new Error("The bus is not connected.");
      const { rows } = await current.query<{ others: number }>(
        `SELECT count(*)::int AS others FROM pg_stat_activity
         WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()`,
        [names.process],
      );
      return rows[0]?.others ?? 0;
    },
    reset() {
      if (current) drop(current);
    },
    async close() {
      closing.abort();
      if (current) drop(current);
      await running;
    },
  };
}

/** Ends a connection without waiting for a word of the other side, which may be frozen. */
function drop(client: pg.Client): void {
  client.end().catch(() => {});
  const { stream } = client.connection;
  stream.destroy();
}
