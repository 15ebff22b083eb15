// The bus over Redis or Valkey: one connection listens, one speaks. The client connects again by itself.
import { Redis } from "ioredis";
import { log } from "@/lib/log";
import type { Channel, ChannelEvents } from "@/lib/store/channel";
import { patience } from "@/lib/store/pool";

/** Between two tries to connect, in milliseconds; it grows with each. */
const firstPause = 100;
const longestPause = 5_000;

/** Several sites may share a server by its numbered databases, which channels do not know; so this name has the database's number. */
const channelName = "colloquy:purge";

/** @param url `redis://…` or `rediss://…` */
export function listenOnRedis(events: ChannelEvents, url: string): Channel {
  const connect = () =>
    new Redis(url, {
      connectTimeout: patience.connect,
      commandTimeout: patience.connect,
      maxRetriesPerRequest: 0,
      // What cannot be said now is owed, and said as "all" later.
      enableOfflineQueue: false,
      autoResubscribe: false,
      retryStrategy: (times) => Math.min(firstPause * 2 ** Math.min(times, 10), longestPause),
    });
  const listener = connect();
  const speaker = connect();
  const channel = `${channelName}:${listener.options.db ?? 0}`;
  // Messages hold addresses, never the password.
  for (const client of [listener, speaker]) {
    client.on("error", (error: Error) => log().debug({ reason: error.message }, "The bus cannot connect."));
  }
  // Up only when both are: whoever hears but cannot speak would not tell what it purged.
  const tryUp = () => {
    if (listener.status !== "ready" || speaker.status !== "ready") return;
    listener.subscribe(channel).then(
      () => events.up(),
      () => listener.disconnect(true),
    );
  };
  listener.on("ready", tryUp);
  speaker.on("ready", tryUp);
  listener.on("close", () => events.down());
  speaker.on("close", () => events.down());
  listener.on("message", (_channel, message: string) => events.message(message));

  return {
    async send(message) {
      await speaker.publish(channel, message);
    },
    async others() {
      const [, listening] = await speaker.pubsub("NUMSUB", channel);
      return Number(listening) - 1;
    },
    reset() {
      listener.disconnect(true);
      speaker.disconnect(true);
    },
    async close() {
      listener.disconnect();
      speaker.disconnect();
    },
  };
}
