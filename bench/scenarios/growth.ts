// Whether a page costs more because more exists: the same pages, drawn anew, on a small site and on a large one.
import { Client } from "@/bench/client";
import { doMany, type Target } from "@/bench/load";
import { randomOf } from "@/bench/site/random";
import { discussionOf } from "@/bench/site/size";
import { createTexts } from "@/bench/site/texts";
import type { Figures } from "@/bench/table";

const rounds = 15;
const texts = createTexts(2);

/** Reads a page anew `rounds` times: each time after its reader has posted a comment that stands on it. */
async function readAfterPosting(name: string, product: Target, wish: { slug: string; path: string }): Promise<Figures> {
  const times: Figures[] = [];
  const next = texts.speaker(randomOf(process.pid, wish.path.length));
  for (let round = 0; round < rounds + 2; round++) {
    // Somebody new each time: who says much at once may have to wait for a moderator, and the page stays as it is.
    const client = new Client(product.origin);
    const posted = await client.postJson(`/api/v1/articles/${wish.slug}/comments`, { body: next().body });
    const published = posted.body.includes('"published"');
    const work = async () => {
      const answer = await client.get(wish.path, { accept: "text/html" });
      return { bytes: answer.body.length, ok: answer.status === 200 && published };
    };
    times.push(await doMany(name, product, { count: 1, atOnce: 1, work }));
  }
  // The first two are there to load what is loaded once.
  return middleOf(name, times.slice(2));
}

function middleOf(name: string, lines: readonly Figures[]): Figures {
  const of = (pick: (line: Figures) => number, share = 0.5) =>
    lines.map(pick).sort((a, b) => a - b)[Math.floor(lines.length * share)] ?? Number.NaN;
  const p50 = of(({ p50 }) => p50);
  return {
    name,
    perSecond: 1_000 / p50,
    p50,
    p99: of(({ p99 }) => p99, 0.99),
    cpuMs: of(({ cpuMs }) => cpuMs),
    databaseMs: lines.reduce((sum, { databaseMs }) => sum + databaseMs, 0) / lines.length,
    bytes: of(({ bytes }) => bytes),
    failures: lines.reduce((sum, { failures }) => sum + failures, 0),
  };
}

/** @param site how the lines name it; @param longest comments of its longest discussion */
export async function drawnOn(
  product: Target,
  { site, longest }: { site: string; longest: number },
): Promise<Figures[]> {
  const slug = discussionOf(100);
  const front = await readAfterPosting(`Front page, ${site}`, product, { slug, path: "/" });
  const small = await readAfterPosting(`Article with 100 comments, ${site}`, product, {
    slug,
    path: `/articles/${slug}`,
  });
  const busiest = discussionOf(longest);
  const wish = { slug: busiest, path: `/articles/${busiest}` };
  const large = await readAfterPosting(`Article with ${longest.toLocaleString("en")} comments, ${site}`, product, wish);
  const topics = ["animals", "cities", "chemistry", "food", "history", "language", "mathematics", "music", "physics"];
  const client = new Client(product.origin);
  const topic = await doMany(`Topic, ${site}`, product, {
    count: topics.length,
    atOnce: 1,
    work: async (n) => {
      const { status, body } = await client.get(`/topics/generated-${topics[n]}`, { accept: "text/html" });
      return { bytes: body.length, ok: status === 200 };
    },
  });
  return [front, topic, small, large];
}
