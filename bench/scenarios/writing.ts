// Posting, alone and while others read the very article that is posted to.
import { setTimeout as pause } from "node:timers/promises";
import { Client, textOf } from "@/bench/client";
import { doMany, readMany, type Target } from "@/bench/load";
import { discussionOf } from "@/bench/site/size";
import type { Figures } from "@/bench/table";

let posted = 0;

/** A comment of about forty words, unlike any before. */
function remark(): { word: string; body: string } {
  posted += 1;
  const word = `remark${process.pid}x${posted}x`;
  return { word, body: `${word}: ${"what was said here before was said by many and will be said again ".repeat(3)}` };
}

/** Posts of a server that has just been started, and of one that has run for a while and compiled what is often used. */
export async function posting(product: Target, count: number): Promise<Figures[]> {
  const path = `/api/v1/articles/${discussionOf(0)}/comments`;
  const work = async () => {
    const { status, body } = await new Client(product.origin).postJson(path, { body: remark().body });
    return { bytes: body.length, ok: status === 201 };
  };
  await doMany("", product, { count: 20, atOnce: 2, work });
  const first = await doMany("Posting anonymously, each a new visitor", product, { count, atOnce: 4, work });
  await doMany("", product, { count: 3 * count, atOnce: 4, work });
  return [first, await doMany("— after a thousand posts", product, { count, atOnce: 4, work })];
}

export interface Freshness {
  /** Posted while others read. */
  comments: number;
  /** Comments that the site was too busy to take, which it said. */
  refused: number;
  /** Comments that their writers did not see on their very next request. */
  unseenByWriter: number;
  /** Milliseconds until a reader without any cookie saw it: the middle one and the longest. */
  othersMedian: number;
  othersLongest: number;
}

/** Longer would be a fault, and by then newer comments push it off the page. Milliseconds. */
const givenUp = 2_000;

/** Twenty comments a second for `seconds`, while as many as can read the newest comments of the same article. */
export async function readsWhilePosting(
  product: Target,
  seconds: number,
): Promise<{ figures: Figures; freshness: Freshness }> {
  const slug = discussionOf(100);
  const page = `/articles/${slug}?sort=newest`;
  const delays: number[] = [];
  let unseenByWriter = 0;
  let refused = 0;
  let reading = true;

  const postOne = async () => {
    const writer = new Client(product.origin);
    const { word, body } = remark();
    const { status } = await writer.postJson(`/api/v1/articles/${slug}/comments`, { body });
    if (status !== 201) {
      refused += 1;
      return;
    }
    const accepted = performance.now();
    const reader = new Client(product.origin);
    const [own] = await Promise.all([
      writer.get(page),
      (async () => {
        while (performance.now() - accepted < givenUp) {
          if (textOf(await reader.get(page)).includes(word)) break;
          await pause(25);
        }
        delays.push(performance.now() - accepted);
      })(),
    ]);
    if (!textOf(own).includes(word)) unseenByWriter += 1;
  };

  const posts: Promise<void>[] = [];
  const writing = (async () => {
    while (reading) {
      posts.push(postOne());
      await pause(1_000 / 20);
    }
  })();
  const figures = await readMany("Article, while 20 comments a second are posted to it", product, page, seconds);
  reading = false;
  await writing;
  await Promise.all(posts);
  delays.sort((a, b) => a - b);
  const freshness = {
    comments: delays.length,
    refused,
    unseenByWriter,
    othersMedian: delays[Math.floor(delays.length / 2)] ?? Number.NaN,
    othersLongest: delays.at(-1) ?? Number.NaN,
  };
  return { figures, freshness };
}
