// Reading pages that lie ready, each beside the bare server with the very same bytes; and pages that nobody has read yet.
import { Client } from "@/bench/client";
import { doMany, readMany, type Target } from "@/bench/load";
import { startBare } from "@/bench/processes";
import { discussionOf, type SiteSize } from "@/bench/site/size";
import type { Figures } from "@/bench/table";

export async function storedReads(product: Target, seconds: number): Promise<Figures[]> {
  const lines: Figures[] = [];
  for (const [name, path] of [
    ["Article, 100 comments", `/articles/${discussionOf(100)}`],
    ["Article, 1,000 comments", `/articles/${discussionOf(1_000)}`],
    ["Front page", "/"],
  ] as const) {
    lines.push(await readMany(`${name}, stored`, product, path, seconds));
    const { headers, body } = await new Client(product.origin).get(path, { accept: "text/html" });
    for (const own of ["date", "connection", "keep-alive"]) delete headers[own];
    const bare = await startBare({ headers, body });
    try {
      lines.push(await readMany("— the same bytes, bare Node", bare, path, seconds));
    } finally {
      await bare.stop();
    }
  }
  return lines;
}

/** Each of many articles once: what the first reader after a change waits for. */
export async function coldRenders(product: Target, size: SiteSize): Promise<Figures[]> {
  const client = new Client(product.origin);
  const first = size.threads.length;
  const read = async (path: string) => {
    const { status, body } = await client.get(path, { accept: "text/html" });
    return { bytes: body.length, ok: status === 200 };
  };
  // So that nothing has to be loaded any more.
  for (let n = 0; n < 20; n++) await read(`/articles/generated-article-${first + n}`);
  const count = Math.min(150, size.articles - first - 20);
  const work = (n: number) => read(`/articles/generated-article-${first + 20 + n}`);
  const pages = Math.floor((0.35 * 1_000) / 50);
  const deeper = (n: number) => read(`/articles/${discussionOf(1_000)}?page=${n + 2}`);
  return [
    await doMany("Ordinary article, drawn anew", product, { count, atOnce: 2, work }),
    await doMany("A page of 1,000 comments, drawn anew", product, { count: pages - 1, atOnce: 1, work: deeper }),
  ];
}
