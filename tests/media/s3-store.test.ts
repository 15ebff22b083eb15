// Files in a store that speaks S3, against one: the same promises as on disk.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diskStore } from "@/lib/media/disk-store";
import type { FileStore } from "@/lib/media/file-store";
import { newFileId, smallerName } from "@/lib/media/files";
import { s3Store } from "@/lib/media/s3-store";

let folder = "";
let server: S3rver;
let port = 0;
const key = { region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-s3-"));
  const configureBuckets = [{ name: "colloquy", configs: [] }];
  server = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory: join(folder, "s3"), configureBuckets });
  ({ port } = await server.run());
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const inS3 = (wish: Partial<typeof key> = {}) =>
  s3Store({ endpoint: `http://127.0.0.1:${port}`, bucket: "colloquy", ...key, ...wish });

async function readAll(store: FileStore, name: string): Promise<Buffer | null> {
  const opened = await store.open({ kind: "files", name });
  if (!opened) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of opened.stream) chunks.push(Buffer.from(chunk));
  expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(opened.bytes);
  return Buffer.concat(chunks);
}

describe.each([
  ["on disk", () => diskStore(join(folder, "disk"))],
  ["in S3", () => inS3()],
])("%s", (_where, make) => {
  test("what is put is there with its size, at each width, until it is dropped", async () => {
    const store = make();
    const id = newFileId();
    const bytes = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => index % 251));
    await store.put({ kind: "files", name: id }, bytes);
    await store.put({ kind: "files", name: smallerName(id, 640) }, Buffer.from("small"));
    expect(await readAll(store, id)).toEqual(bytes);
    expect(await store.size({ kind: "files", name: smallerName(id, 640) })).toBe(5);
    expect(await store.size({ kind: "exports", name: id })).toBeNull();
    await store.drop({ kind: "files", name: id });
    expect(await readAll(store, id)).toBeNull();
    await store.drop({ kind: "files", name: id });
  });

  test("the list has what was written before a time", async () => {
    const store = make();
    const names = [newFileId(), newFileId()];
    for (const name of names) await store.put({ kind: "exports", name }, Buffer.from("x"));
    const listed = async (before: Date) => {
      const found: string[] = [];
      for await (const name of store.listOlder("exports", before)) found.push(name);
      return found.sort();
    };
    expect(await listed(new Date(Date.now() + 60_000))).toEqual([...names].sort());
    expect(await listed(new Date(Date.now() - 3_600_000))).toEqual([]);
  });
});

// This server knows keys, but does not compute signatures of version 4; whether a wrong one is refused is the store's affair.
test("an unknown key keeps nothing, and the error says what the store said", async () => {
  const store = inS3({ accessKeyId: "NOBODY" });
  const put = store.put({ kind: "files", name: newFileId() }, Buffer.from("x"));
  await expect(put).rejects.toThrow(/did not keep a file: 403/);
});
