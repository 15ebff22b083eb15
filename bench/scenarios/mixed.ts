// Many people doing different things at a steady pace, whatever the answers take: reading old and new, posting, logging in.
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "@/bench/client";
import type { Target } from "@/bench/load";
import { filledForm, member } from "@/bench/scenarios/logging-in";
import { handleOf } from "@/bench/site/people";
import { randomOf } from "@/bench/site/random";
import { discussionOf, type SiteSize } from "@/bench/site/size";

export interface Times {
  /** What each took, in milliseconds. */
  ms: number[];
  /** Status → how often; 0: no answer. */
  statuses: Map<number, number>;
}

export interface MixedResult {
  reading: Times;
  posting: Times;
  loggingIn: Times;
  /** Things that were begun half a second late or more, because this program had no time itself. */
  late: number;
}

/** Somebody logs in so often, in milliseconds. */
const logInEvery = 10_000;

/** Begins at once and goes on until `end`. @param wish reads and posts a second */
export function mixedLoad(
  product: Target,
  { size, reads, posts }: { size: SiteSize; reads: number; posts: number },
): { end(): Promise<MixedResult> } {
  const random = randomOf(size.seed, 77);
  const result: MixedResult = { reading: times(), posting: times(), loggingIn: times(), late: 0 };
  const going = new Set<Promise<void>>();
  let running = true;
  let posted = 0;

  /** New ones more often than old ones: half of the readers are on the newest of the square root of all. */
  const anyArticle = () => {
    const [first, count] = [size.threads.length, size.articles - size.threads.length];
    return `generated-article-${first + Math.floor(count ** random.next()) - 1}`;
  };
  const busiest = discussionOf(Math.max(...size.threads));
  /** Half of all reads go to what everybody reads, the rest anywhere. */
  const pages: [number, () => string][] = [
    [20, () => `/articles/${discussionOf(100)}`],
    [10, () => "/"],
    [10, () => `/articles/${busiest}`],
    [10, () => `/articles/${busiest}?sort=newest`],
    [25, () => `/articles/${anyArticle()}`],
    [5, () => `/people/${handleOf(size.seed, random.between(0, size.people - 1))}`],
    [5, () => "/topics/generated-history"],
    [5, () => `/articles/${anyArticle()}/history`],
    [4, () => "/moderation-log"],
    [3, () => "/feed.xml"],
    [3, () => `/api/v1/articles/${discussionOf(100)}/comments?limit=50`],
  ];
  const total = pages.reduce((sum, [share]) => sum + share, 0);
  const anyPage = () => {
    let left = random.between(0, total - 1);
    for (const [share, address] of pages) {
      if (left < share) return address();
      left -= share;
    }
    return "/";
  };

  const once = (into: Times, work: () => Promise<{ status: number }>) => {
    const began = performance.now();
    const one = work()
      .catch(() => ({ status: 0 }))
      .then(({ status }) => {
        into.ms.push(performance.now() - began);
        into.statuses.set(status, (into.statuses.get(status) ?? 0) + 1);
      });
    going.add(one);
    void one.then(() => going.delete(one));
  };
  const steadily = async (everyMs: number, work: () => void) => {
    for (let next = performance.now(); running; next += everyMs) {
      const early = next - performance.now();
      if (early > 0) await pause(early);
      else if (early < -500) result.late += 1;
      if (running) work();
    }
  };
  const reader = new Client(product.origin);
  const read = () => once(result.reading, () => reader.get(anyPage(), { accept: "text/html" }));
  const post = () => {
    const slug = random.next() < 0.5 ? discussionOf(100) : anyArticle();
    posted += 1;
    const body = `Remark ${process.pid} ${posted}: ${"what was said here was said by many, and will be said again; ".repeat(3)}`;
    once(result.posting, () => new Client(product.origin).postJson(`/api/v1/articles/${slug}/comments`, { body }));
  };
  const logIn = () =>
    once(result.loggingIn, async () =>
      new Client(product.origin).postForm("/log-in", await filledForm(product.origin, member)),
    );
  const paces = [steadily(1_000 / reads, read), steadily(1_000 / posts, post), steadily(logInEvery, logIn)];
  return {
    async end() {
      running = false;
      await Promise.all(paces);
      await Promise.all(going);
      return result;
    },
  };
}

function times(): Times {
  return { ms: [], statuses: new Map() };
}
