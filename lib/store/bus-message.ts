// What processes of one site write to each other on the bus, and how it is read, also by another version.

/** Bytes of one message. Postgres takes less than 8,000. */
const messageBytes = 7_500;

/** Messages for one purge; beyond, "all" says it in one. */
const messagesAtOnce = 10;

/** Numbers that one message acknowledges: a few thousand bytes. */
const acknowledgedAtOnce = 300;

/** What one process has heard of others: by their names, the numbers of their messages. */
type Heard = ReadonlyMap<string, readonly number[]>;

interface BusMessage {
  /** The name of the process; empty for a program that is none of the site. */
  from: string;
  /** What is stale. */
  keys: readonly string[] | "all";
  /** Its number among those of the sender that want to be acknowledged; 0 for the others; undefined from a sender that never asks. */
  number?: number;
  heard?: Heard;
  /** The sender goes now. */
  leaves?: boolean;
}

export function writeMessage({ heard, ...said }: BusMessage): string {
  return JSON.stringify({ ...said, ...(heard && { heard: [...heard] }) });
}

/** A storm of keys in messages that fit. @param next gives the number of the next message */
export function messagesFor(from: string, keys: readonly string[], next: () => number): string[] {
  const room = messageBytes - Buffer.byteLength(writeMessage({ from, keys: [], number: Number.MAX_SAFE_INTEGER }));
  const parts: string[][] = [];
  let bytes = room;
  for (const key of keys) {
    const own = Buffer.byteLength(JSON.stringify(key)) + 1;
    if (own > room) return [writeMessage({ from, keys: "all", number: next() })];
    if (bytes + own > room) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(key);
    bytes += own;
  }
  if (parts.length > messagesAtOnce) return [writeMessage({ from, keys: "all", number: next() })];
  return parts.map((part) => writeMessage({ from, keys: part, number: next() }));
}

/** Acknowledgements in messages that fit. */
export function acknowledgements(from: string, heard: Heard): string[] {
  const messages: string[] = [];
  for (const [name, numbers] of heard) {
    for (let at = 0; at < numbers.length; at += acknowledgedAtOnce) {
      const part = new Map([[name, numbers.slice(at, at + acknowledgedAtOnce)]]);
      messages.push(writeMessage({ from, keys: [], number: 0, heard: part }));
    }
  }
  return messages;
}

/** What a message says; one that cannot be read is from another version and may mean anything. */
export function readMessage(text: string): BusMessage {
  try {
    const { from, keys, number, heard, leaves }: Partial<Record<keyof BusMessage, unknown>> = JSON.parse(text);
    if (typeof from !== "string" || !Array.isArray(keys))
      return { from: typeof from === "string" ? from : "", keys: "all", ...(isNumber(number) && { number }) };
    return {
      from,
      keys: keys.map(String),
      ...(isNumber(number) && { number }),
      ...(Array.isArray(heard) && { heard: readHeard(heard) }),
      ...(leaves === true && { leaves }),
    };
  } catch {
    return { from: "", keys: "all" };
  }
}

function readHeard(pairs: readonly unknown[]): Heard {
  const heard = new Map<string, number[]>();
  for (const pair of pairs) {
    const [name, numbers]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof name === "string" && Array.isArray(numbers)) heard.set(name, numbers.filter(isNumber));
  }
  return heard;
}

const isNumber = (value: unknown): value is number => typeof value === "number";
