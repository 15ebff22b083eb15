// Unsent text: kept for each place one can write, for seven days, through reloads, errors and full storage.
import { isRecord, parseJson } from "@/components/enhance/json";
import { erase, keysWith, read, UNSENT, write } from "@/components/enhance/storage";

/** Long enough to come back after a week's holiday; afterwards the text would only be a surprise. */
const KEPT_MS = 7 * 24 * 3_600_000;

export interface Draft {
  body: string;
  name: string;
  /** The idempotency key of this text: the same for every try, a new one when the text changes after a try. */
  key: string;
  /** When the writer first came to the box, in epoch milliseconds. */
  since: number;
  /** Milliseconds between `since` and the first try; set once tried, so that a retry is the same request byte for byte. */
  age?: number;
}

/** What could not be stored at all: closing and opening a box does not lose it, and leaving the page asks first. */
const memory = new Map<string, string>();

function warn(event: Event): void {
  event.preventDefault();
}

function remember(key: string, text: string | undefined): void {
  if (text === undefined) memory.delete(key);
  else memory.set(key, text);
  if (memory.size > 0) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
}

/** What stands in storage as a draft; one that was kept before the tools were there has no key and no beginning yet. */
function stored(text: string | null): (Draft & { at: number }) | undefined {
  const value = parseJson(text);
  if (!isRecord(value)) return undefined;
  const { body, name, at, key = freshKey(), since = at, age } = value;
  if (typeof body !== "string" || typeof name !== "string" || typeof at !== "number") return undefined;
  if (typeof key !== "string" || typeof since !== "number") return undefined;
  return { body, name, at, key, since, ...(typeof age === "number" ? { age } : {}) };
}

function sweep(now: number): void {
  for (const key of keysWith("localStorage", UNSENT)) {
    const draft = stored(read("localStorage", key));
    if (!draft || now - draft.at > KEPT_MS) erase("localStorage", key);
  }
}

/** A UUID (version 4), also where `crypto.randomUUID` is missing: on a plain-http address in the own network. */
export function freshKey(): string {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}

/** The unsent text of this place, unless it is older than seven days. */
export function recallDraft(place: string): Draft | undefined {
  const key = UNSENT + place;
  const draft = stored(memory.get(key) ?? read("sessionStorage", key) ?? read("localStorage", key));
  return draft && Date.now() - draft.at <= KEPT_MS ? draft : undefined;
}

/** Keeps the text as safely as this browser can: for seven days, for this tab, or until the page is left. */
export function keepDraft(place: string, draft: Draft): void {
  const key = UNSENT + place;
  const now = Date.now();
  const text = JSON.stringify({ ...draft, at: now });
  let isKept = write("localStorage", key, text);
  if (!isKept) {
    sweep(now);
    isKept = write("localStorage", key, text);
  }
  if (isKept) erase("sessionStorage", key);
  else isKept = write("sessionStorage", key, text);
  remember(key, isKept ? undefined : text);
}

export function forgetDraft(place: string): void {
  const key = UNSENT + place;
  remember(key, undefined);
  erase("sessionStorage", key);
  erase("localStorage", key);
}

/** Ends the stay of texts older than seven days. */
export function sweepDrafts(): void {
  sweep(Date.now());
}
