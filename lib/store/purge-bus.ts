// Tells all processes of one site which stored pages are stale: over Postgres, or over Redis where the site has one. Each says when
// nobody gets them from it any more, and a writer's answer waits for that. What a process missed while it was not connected it cannot
// know, so it is told that all is stale once it hears again.
import { randomBytes } from "node:crypto";
import { BusHearers } from "@/lib/store/bus-hearers";
import { acknowledgements, messagesFor, readMessage, writeMessage } from "@/lib/store/bus-message";
import type { Channel, ChannelEvents } from "@/lib/store/channel";
import { listenOnPostgres } from "@/lib/store/postgres-channel";
import { listenOnRedis } from "@/lib/store/redis-channel";

export interface PurgeBusOptions {
  /** This process's name, so that it does not listen to itself. */
  name: string;
  /** Keys that another process purged; "all" when some may have been missed. Resolves when nobody gets those pages any more. */
  onPurge(keys: readonly string[] | "all"): Promise<void>;
  /** Whether the others are heard. */
  onHeard(isHeard: boolean): void;
  redisUrl: string | undefined;
  /** A writer waits no longer than this for the others to have heard, in milliseconds. */
  patience?: number;
}

export interface PurgeBus {
  /** Tells the others. Resolves when they have done it, or after a moment when they cannot be reached; never rejects. */
  announce(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** How long a writer waits for the others unless said otherwise, in milliseconds. They need a few. */
const usualPatience = 500;

/** How often a process sends itself a sign of life, in milliseconds. A connection may die without a word, and silence means nothing. */
const beatEvery = 3_000;

/** Signs of life in a row that may be missing. */
const beatsMissing = 2;

/** Joins the bus. It connects by itself, again and again when it must. */
export function joinPurgeBus(options: PurgeBusOptions): PurgeBus {
  const { name, patience = usualPatience } = options;
  let isUp = false;
  let owed = false; // Something could not be told.
  let missing = 0;
  let pending = new Set<string>();
  let heard = new Map<string, number[]>();
  const hearers = new BusHearers();
  let sending: Promise<void> | undefined;

  const events: ChannelEvents = {
    up() {
      isUp = true;
      missing = 0;
      void options.onPurge("all");
      options.onHeard(true);
      // The others wait for this process from now on.
      sayAlive();
      if (owed) void flush();
    },
    down() {
      if (isUp) options.onHeard(false);
      isUp = false;
      hearers.giveUp();
    },
    message(text) {
      const message = readMessage(text);
      const { from, keys, number } = message;
      if (from === name) {
        missing = 0;
        return;
      }
      if (message.leaves) hearers.leave(from);
      else if (number !== undefined) hearers.hear(from, message.heard?.get(name));
      if (keys.length === 0) return;
      const done = options.onPurge(keys);
      if (number) void done.then(() => acknowledge(from, number));
    },
  };
  const channel = options.redisUrl === undefined ? listenOnPostgres(events) : listenOnRedis(events, options.redisUrl);
  // Until the first connection stands, others may write unheard.
  options.onHeard(false);

  const sendPending = async (): Promise<void> => {
    while (isUp && (pending.size > 0 || owed || heard.size > 0)) {
      // Acknowledgements that are lost are missed for a moment only.
      const said = acknowledgements(name, heard);
      heard = new Map();
      const isOwed = owed;
      const keys = [...pending];
      pending = new Set();
      owed = isOwed || keys.length > 0; // until it is sent
      const next = () => hearers.next();
      said.push(
        ...(isOwed ? [writeMessage({ from: name, keys: "all", number: next() })] : messagesFor(name, keys, next)),
      );
      for (const message of said) await channel.send(message);
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

  const acknowledge = async (from: string, number: number) => {
    heard.set(from, [...(heard.get(from) ?? []), number]);
    while (isUp && heard.size > 0) await flush();
  };

  const sayAlive = () => {
    missing++;
    channel.send(writeMessage({ from: name, keys: [], number: 0 })).catch(() => {});
  };
  const beat = setInterval(() => {
    if (!isUp) return;
    if (missing >= beatsMissing) channel.reset();
    else sayAlive();
  }, beatEvery);
  beat.unref();

  const sayFarewell = async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    const said = channel.send(writeMessage({ from: name, keys: [], number: 0, leaves: true })).catch(() => {});
    await Promise.race([said, late]);
    clearTimeout(timer);
  };

  return {
    async announce(keys) {
      if (!isUp) {
        owed = true;
        return;
      }
      for (const key of keys) pending.add(key);
      let upTo = 0;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience);
      });
      const told = (async () => {
        while (isUp && pending.size > 0) await flush();
        await sending;
        upTo = hearers.count;
        await hearers.all();
      })();
      await Promise.race([told, late]);
      clearTimeout(timer);
      // Who does not answer is waited for by nobody until there is a word of them.
      hearers.giveUp(upTo);
    },
    async close() {
      clearInterval(beat);
      if (isUp) await sayFarewell();
      isUp = false;
      await channel.close();
    },
  };
}

/** How long a program that speaks once waits: until it is connected, and then for all processes to have heard. Milliseconds. */
const programPatience = { connect: 3_000, heard: 10_000 };

/**
 * Tells the processes of the site, from a program that is none of them, that all is stale. Waits until they have all done it, or a while has
 * passed.
 */
export async function announceAll(redisUrl: string | undefined): Promise<void> {
  const name = `program-${randomBytes(6).toString("hex")}`;
  const done = new Set<string>();
  let expected = Number.POSITIVE_INFINITY;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      void channel.close().then(resolve, resolve);
    };
    let timer = setTimeout(end, programPatience.connect);
    const speak = async () => {
      clearTimeout(timer);
      timer = setTimeout(end, programPatience.heard);
      expected = await channel.others();
      // It leaves, so that nobody waits for it.
      await channel.send(writeMessage({ from: name, keys: "all", number: 1, leaves: true }));
      if (done.size >= expected) end();
    };
    const events: ChannelEvents = {
      up: () => void speak().catch(end),
      down: () => {},
      message(text) {
        const { from, heard } = readMessage(text);
        if (heard?.has(name)) done.add(from);
        if (done.size >= expected) end();
      },
    };
    const channel: Channel =
      redisUrl === undefined ? listenOnPostgres(events, "program") : listenOnRedis(events, redisUrl);
  });
}
