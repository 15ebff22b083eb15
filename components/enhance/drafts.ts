// Unsent text: kept for each place one can write, for seven days, through reloads, errors and full storage.
import { isRecord, parseJson } from "@/components/enhance/json";
import { erase, keysWith, read, write } from "@/components/enhance/storage";

/** Long enough to come back after a week's holiday; afterwards the text would only be a surprise. */
const KEPT_MS = 7 * 24 * 3_600_000;
const PREFIX = "colloquy-draft:";

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

function isDraft(value: unknown): value is Draft & { at: number } {
  return (
    isRecord(value) &&
    typeof value.body === "string" &&
    typeof value.name === "string" &&
    typeof value.key === "string" &&
    typeof value.since === "number" &&
    typeof value.at === "number" &&
    (value.age === undefined || typeof value.age === "number")
  );
}

function sweep(now: number): void {
  for (const key of keysWith("localStorage", PREFIX)) {
    const draft = parseJson(read("localStorage", key));
    if (!isDraft(draft) || now - draft.at > KEPT_MS) erase("localStorage", key);
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
  const key = PREFIX + place;
  const draft = parseJson(memory.get(key) ?? read("sessionStorage", key) ?? read("localStorage", key));
  return isDraft(draft) && Date.now() - draft.at <= KEPT_MS ? draft : undefined;
}

/** Keeps the text as safely as this browser can: for seven days, for this tab, or until the page is left. */
export function keepDraft(place: string, draft: Draft): void {
  const key = PREFIX + place;
  const now = Date.now();
  const text = JSON.stringify({ ...draft, at: now });
  let stored = write("localStorage", key, text);
  if (!stored) {
    sweep(now);
    stored = write("localStorage", key, text);
  }
  if (stored) erase("sessionStorage", key);
  else stored = write("sessionStorage", key, text);
  remember(key, stored ? undefined : text);
}

export function forgetDraft(place: string): void {
  const key = PREFIX + place;
  remember(key, undefined);
  erase("sessionStorage", key);
  erase("localStorage", key);
}

/** Ends the stay of texts older than seven days. */
export function sweepDrafts(): void {
  sweep(Date.now());
}
