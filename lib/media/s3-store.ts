// Files in a store that speaks S3: one request for each thing, signed (SigV4) by aws4fetch. Addresses have the bucket in the path,
// which every such store understands.
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import type { S3Place } from "@/lib/env/other-services";
import type { FileKind, FileStore, KeptFile } from "@/lib/media/file-store";

/** A store that has not answered by then is away. Milliseconds; the largest file takes a second or two. */
const patience = 30_000;

/** Names in one answer of a list; the most that S3 gives. */
const listedAtOnce = 1_000;

export function s3Store(place: S3Place): FileStore {
  const { region, accessKeyId, secretAccessKey } = place;
  const client = new AwsClient({ service: "s3", region, accessKeyId, secretAccessKey, retries: 2 });
  const bucket = `${place.endpoint}/${place.bucket}`;
  const ask = (address: string, init: RequestInit = {}) =>
    client.fetch(address, { ...init, signal: AbortSignal.timeout(patience) });
  const addressOf = ({ kind, name }: KeptFile) => `${bucket}/${kind}/${name}`;
  return {
    async put(file, bytes) {
      const headers = { "Content-Type": "application/octet-stream", "Content-Length": String(bytes.length) };
      await expectOk(await ask(addressOf(file), { method: "PUT", body: Buffer.from(bytes), headers }), "keep a file");
    },
    async size(file) {
      const answer = await ask(addressOf(file), { method: "HEAD" });
      if (answer.status === 404) return null;
      await expectOk(answer, "ask for a file");
      return Number(answer.headers.get("content-length"));
    },
    async open(file) {
      const answer = await ask(addressOf(file));
      if (answer.status === 404) {
        await answer.body?.cancel();
        return null;
      }
      await expectOk(answer, "read a file");
      const bytes = Number(answer.headers.get("content-length"));
      return { stream: readable(answer), bytes };
    },
    async drop(file) {
      const answer = await ask(addressOf(file), { method: "DELETE" });
      if (answer.status !== 404) await expectOk(answer, "delete a file");
    },
    listOlder: (kind, before) => listOlder(ask, { bucket, kind, before }),
  };
}

function readable(answer: Response): Readable {
  // Node has the same stream under two types, one of the web's and one of its own.
  const body: ReadableStream | null = answer.body as ReadableStream | null;
  return body ? Readable.fromWeb(body) : Readable.from([]);
}

/** @throws Error with what the store said, for the log */
async function expectOk(answer: Response, what: string): Promise<void> {
  if (answer.ok) return;
  const said = (await answer.text()).slice(0, 500);
  throw new Error(`The S3 store did not ${what}: ${answer.status} ${said}`);
}

type Ask = (address: string, init?: RequestInit) => Promise<Response>;

async function* listOlder(
  ask: Ask,
  { bucket, kind, before }: { bucket: string; kind: FileKind; before: Date },
): AsyncIterable<string> {
  for (let token: string | undefined; ; ) {
    const query = new URLSearchParams({ "list-type": "2", prefix: `${kind}/`, "max-keys": String(listedAtOnce) });
    if (token) query.set("continuation-token", token);
    const answer = await ask(`${bucket}?${query}`);
    await expectOk(answer, "list its files");
    const xml = await answer.text();
    for (const [, entry = ""] of xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
      const name = element(entry, "Key").slice(kind.length + 1);
      if (new Date(element(entry, "LastModified")) < before) yield name;
    }
    token = element(xml, "NextContinuationToken") || undefined;
    if (!token) return;
  }
}

/** The text of the first such element; our names and the store's tokens need no decoding but that of the ampersand. */
function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
}
