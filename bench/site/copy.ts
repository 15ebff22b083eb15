// Writing many rows at once: COPY in its text format, streamed, so that memory stays small whatever the number.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from } from "pg-copy-streams";

export type Value = string | number | bigint | boolean | Date | Uint8Array | null;
/** Column → value. Every row of a table has the same columns in the same order. */
export type Row = Record<string, Value>;

/** Characters handed to Postgres at a time. */
const chunkSize = 65_536;

/** Writes rows into a table and answers how many. @throws the database's error, when a row breaks a rule */
export async function copyRows(client: ClientBase, table: string, rows: Iterable<Row>): Promise<number> {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return 0;
  let count = 0;
  function* chunks() {
    let text = "";
    for (let next: IteratorResult<Row> = first; !next.done; next = iterator.next()) {
      text += `${Object.values(next.value).map(encode).join("\t")}\n`;
      count += 1;
      if (text.length < chunkSize) continue;
      yield text;
      text = "";
    }
    yield text;
  }
  const columns = Object.keys(first.value).join(", ");
  await pipeline(Readable.from(chunks()), client.query(from(`COPY ${table} (${columns}) FROM STDIN`)));
  return count;
}

const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function encode(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? "");
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString("hex")}`;
  return String(value);
}
