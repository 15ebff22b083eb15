// Tells all processes of one site which stored pages are stale: over Postgres, or over Redis where the site has one. What a process
// missed while it was not connected it cannot know, so it is told that all is stale once it hears again.
import type { Channel, ChannelEvents } from "@/lib/store/channel";
import { listenOnPostgres } from "@/lib/store/postgres-channel";
import { listenOnRedis } from "@/lib/store/redis-channel";

export interface PurgeBusOptions {
  /** This process's name, so that it does not listen to itself. */
  name: string;
  /** Keys that another process purged; "all" when some may have been missed. */
  onPurge(keys: readonly string[] | "all"): void;
  /** Whether the others are heard. */
  onHeard(isHeard: boolean): void;
  redisUrl: string | undefined;
}

export interface PurgeBus {
  /** Tells the others. Resolves when they have been told, or after a moment when they cannot be reached; never rejects. */
  announce(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Bytes of one message. Postgres takes less than 8,000. */
const messageBytes = 7_500;

/** Messages for one purge; beyond, "all" says it in one. */
const messagesAtOnce = 10;

/** A writer waits no longer than this for the others to be told, in milliseconds. */
const announcePatience = 500;

/** How often a process sends itself a sign of life, in milliseconds. A connection may die without a word, and silence means nothing. */
const beatEvery = 3_000;

/** Signs of life in a row that may be missing. */
const beatsMissing = 2;

/** Joins the bus. It connects by itself, again and again when it must. */
export function joinPurgeBus(options: PurgeBusOptions): PurgeBus {
  const { name } = options;
  let isUp = false;
  let owed = false; // Something could not be told.
  let missing = 0;
  let pending = new Set<string>();
  let sending: Promise<void> | undefined;

  const events: ChannelEvents = {
    up() {
      isUp = true;
      missing = 0;
      options.onPurge("all");
      options.onHeard(true);
      if (owed) void flush();
    },
    down() {
      if (isUp) options.onHeard(false);
      isUp = false;
    },
    message(text) {
      const { from, keys } = readMessage(text);
      if (from === name) missing = 0;
      else if (keys) options.onPurge(keys);
    },
  };
  const channel = options.redisUrl === undefined ? listenOnPostgres(events) : listenOnRedis(events, options.redisUrl);
  // Until the first connection stands, others may write unheard.
  options.onHeard(false);

  const sendPending = async (): Promise<void> => {
    while (isUp && (pending.size > 0 || owed)) {
      const messages = owed ? [writeMessage(name, "all")] : messagesFor(name, [...pending]);
      pending = new Set();
      owed = true; // until it is sent
      for (const message of messages) await channel.send(message);
      owed = false;
    }
  };
  /** One sending at a time; what comes meanwhile goes together with the next. */
  const flush = (): Promise<void> => {
    sending ??= sendPending()
      .catch(() => {})
      .finally(() => {
        sending = undefined;
      });
    return sending;
  };

  const beat = setInterval(() => {
    if (!isUp) return;
    if (missing >= beatsMissing) {
      channel.reset();
      return;
    }
    missing++;
    channel.send(writeMessage(name, [])).catch(() => {});
  }, beatEvery);
  beat.unref();

  return {
    async announce(keys) {
      if (!isUp) {
        owed = true;
        return;
      }
      for (const key of keys) pending.add(key);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, announcePatience);
      });
      const told = (async () => {
        while (isUp && pending.size > 0) await flush();
        await sending;
      })();
      await Promise.race([told, late]);
      clearTimeout(timer);
    },
    async close() {
      clearInterval(beat);
      isUp = false;
      await channel.close();
    },
  };
}

/**
 * Tells the processes of the site, from a program that is none of them, that all is stale. Waits until they are told or a while has
 * passed.
 */
export async function announceAll(redisUrl: string | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, beatEvery);
    const channel: Channel = (
      redisUrl === undefined ? listenOnPostgres : (on: ChannelEvents) => listenOnRedis(on, redisUrl)
    )({
      up: () => {
        const told = channel.send(writeMessage("", "all"));
        void told.then(() => channel.close()).then(resolve, resolve);
      },
      down: () => {},
      message: () => {},
    });
  });
  clearTimeout(timer);
}

/** A storm of keys in messages that fit. */
export function messagesFor(name: string, keys: readonly string[]): string[] {
  const room = messageBytes - Buffer.byteLength(writeMessage(name, []));
  const messages: string[] = [];
  let part: string[] = [];
  let bytes = 0;
  for (const key of keys) {
    const own = Buffer.byteLength(JSON.stringify(key)) + 1;
    if (own > room) return [writeMessage(name, "all")];
    if (bytes + own > room) {
      messages.push(writeMessage(name, part));
      part = [];
      bytes = 0;
    }
    part.push(key);
    bytes += own;
  }
  if (part.length > 0) messages.push(writeMessage(name, part));
  return messages.length > messagesAtOnce ? [writeMessage(name, "all")] : messages;
}

function writeMessage(from: string, keys: readonly string[] | "all"): string {
  return JSON.stringify({ from, keys });
}

/** What a message says; one that cannot be read is from another version and may mean anything. */
export function readMessage(text: string): { from: string; keys: readonly string[] | "all" } {
  try {
    const { from, keys }: { from?: unknown; keys?: unknown } = JSON.parse(text);
    if (typeof from === "string" && Array.isArray(keys)) return { from, keys: keys.map(String) };
    return { from: typeof from === "string" ? from : "", keys: "all" };
  } catch {
    return { from: "", keys: "all" };
  }
}
