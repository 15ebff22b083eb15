// Text that the server does not have yet, in the browser's storage: it survives a lost connection, a closed window and a crash.
import { type Fields, fieldNames, fieldsIn } from "@/components/enhance/desk/fields";
import { isRecord, parseJson } from "@/components/enhance/json";
import { erase, keysWith, read, write } from "@/components/enhance/storage";

export interface Kept {
  /** The save that the text began from. */
  saveNumber: number;
  fields: Fields;
}

const prefix = "colloquy-desk:";

/** A month away from the desk is a long holiday; what is older has been written otherwise by now. */
const keptMs = 30 * 24 * 3_600_000;

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

/** Keeps the text; false when the browser's storage is full or forbidden. */
export function keep(revision: string, kept: Kept): boolean {
  return write("localStorage", prefix + revision, JSON.stringify({ ...kept, at: Date.now() }));
}

/** What was kept of this revision. */
export function recall(revision: string): Kept | undefined {
  for (const key of keysWith("localStorage", prefix)) {
    const stored = parsed(read("localStorage", key));
    if (!stored || Date.now() - stored.at > keptMs) erase("localStorage", key);
  }
  return parsed(read("localStorage", prefix + revision));
}

export function forget(revision: string): void {
  erase("localStorage", prefix + revision);
}
