// Text that the server does not have yet, in the browser's storage: it survives a lost connection, a closed window and a crash. With that
// storage full, it is kept for the tab alone.
import { type Fields, fieldNames, fieldsIn } from "@/components/enhance/desk/fields";
import { isRecord, parseJson } from "@/components/enhance/json";
import { erase, keysWith, read, write } from "@/components/enhance/storage";

export interface Kept {
  /** The save that the text began from. */
  saveNumber: number;
  fields: Fields;
}

const prefix = "colloquy-desk:";

/** As long as a comment that was not sent (F38): what is older has been written otherwise by now. */
const keptMs = 7 * 24 * 3_600_000;

/** For the whole browser, until the tab is closed, or not at all. */
export type KeptIn = "browser" | "tab" | "nowhere";

interface Stored extends Kept {
  at: number;
}

function parsed(text: string | null): Stored | undefined {
  const value = text === null ? undefined : parseJson(text);
  if (!isRecord(value) || !isRecord(value.fields)) return undefined;
  const { saveNumber, at } = value;
  if (typeof saveNumber !== "number" || typeof at !== "number") return undefined;
  const fields = fieldsIn(value.fields);
  const whole: Fields = { title: "", slug: "", topics: "", summary: "", body: "", copyrightHolder: "", licence: "" };
  return fieldNames.every((name) => name in fields) ? { saveNumber, at, fields: { ...whole, ...fields } } : undefined;
}

/** Keeps the text as safely as this browser can. */
export function keep(revision: string, kept: Kept): KeptIn {
  const text = JSON.stringify({ ...kept, at: Date.now() });
  const key = prefix + revision;
  if (write("localStorage", key, text) || (sweep() && write("localStorage", key, text))) {
    erase("sessionStorage", key);
    return "browser";
  }
  return write("sessionStorage", key, text) ? "tab" : "nowhere";
}

/** What was kept of this revision; what this tab keeps is the newer. */
export function recall(revision: string): Kept | undefined {
  sweep();
  const key = prefix + revision;
  return parsed(read("sessionStorage", key)) ?? parsed(read("localStorage", key));
}

export function forget(revision: string): void {
  erase("sessionStorage", prefix + revision);
  erase("localStorage", prefix + revision);
}

/** Ends the stay of what is too old. @returns whether that made room */
function sweep(): boolean {
  const old = keysWith("localStorage", prefix).filter((key) => {
    const stored = parsed(read("localStorage", key));
    return !stored || Date.now() - stored.at > keptMs;
  });
  for (const key of old) erase("localStorage", key);
  return old.length > 0;
}
