// An export of 50 MB, made while it is read: the import's memory does not grow with it.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { importWordpress } from "@/lib/services/import-site";
import { exportFoot, exportHead, exportItem, wordpressExport } from "../fixtures/wordpress-export";
import { freshDatabase } from "../support/database";

freshDatabase();

const megabyte = 1024 * 1024;
const attachments = 20_000;
const link = "https://large.example.org";

/** Many pictures with long captions, whose notes must not stay in memory, and among them articles that show some. */
async function* large(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(exportHead({ link, authors: [{ login: "anna", name: "Anna" }] }));
  const excerpt = "A caption that goes on for a while. ".repeat(50);
  for (let n = 1; n <= attachments; n += 1) {
    const url = `${link}/wp-content/uploads/${n}.jpg`;
    yield Buffer.from(
      exportItem({
        id: n,
        type: "attachment",
        status: "inherit",
        excerpt,
        content: "",
        attachmentUrl: url,
        parent: 1 + (n % 99),
      }),
    );
    if (n % 1_000 !== 0) continue;
    const comments = Array.from({ length: 50 }, (_, c) => ({ id: n * 100 + c }));
    yield Buffer.from(
      exportItem({ id: 100_000 + n, slug: `large-${n}`, content: `Text [gallery ids="${n},${n - 500}"]`, comments }),
    );
  }
  yield Buffer.from(exportFoot);
}

const options = { now: new Date("2026-01-01T00:00:00Z"), ownOrigin: "http://localhost:3000" };
const wish = { pingbacks: "list", discussions: "keep", dryRun: false, onLine: () => {} } as const;

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

test("50 MB go through in bounded memory, and what is looked up is found", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  let size = 0;
  for await (const piece of large()) size += piece.length;
  expect(size).toBeGreaterThan(50 * megabyte);
  // What the database's client and the renderer take once, they take for a small site too.
  const small = wordpressExport({
    link: "https://small.example.org",
    items: [{ id: 1, slug: "small", comments: [{ id: 1 }] }],
  });
  await importWordpress({ ...wish, files: [() => once(small)] }, options);
  collect();
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const counts = await importWordpress(
    {
      ...wish,
      files: [large],
      onProgress: ({ items }) => {
        if (items % 4_000 !== 0) return;
        collect();
        most = Math.max(most, process.memoryUsage().heapUsed - before);
      },
    },
    options,
  );
  expect(counts).toMatchObject({ articlesPublished: 20, commentsPublished: 1_000, failed: 0 });
  expect(most).toBeLessThan(20 * megabyte);
});
