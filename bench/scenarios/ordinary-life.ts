// What a site does on any day: people read, post, and log in, some with a wrong password. Each comes from a network of their own, which the
// server must be told to believe (`TRUSTED_PROXIES=127.0.0.1`), so that the site's own limits let them.
import { Client } from "@/bench/client";

const article = "why-is-the-night-sky-dark";

/** Pages of a first-run site, stored ones and others. */
const pages = ["/", `/articles/${article}`, `/articles/${article}?sort=newest`, "/log-in", "/sign-up", "/topics"];

/** As many at a time as leave nobody waiting. */
const atOnce = 4;

export interface Life {
  reads: number;
  posts: number;
  logIns: number;
  /** Visitors whom the site was too busy for. */
  refused: number;
}

/** Of ten visitors one posts and one logs in. @param wrongLogIn the form of the log-in page, filled in with a wrong password */
export async function liveOrdinarily(
  origin: string,
  wish: { visits: number; wrongLogIn: readonly (readonly [string, string])[] },
): Promise<Life> {
  const life: Life = { reads: 0, posts: 0, logIns: 0, refused: 0 };
  const visit = async (nth: number): Promise<[keyof Life, number]> => {
    const client = new Client(origin);
    const from = { "x-forwarded-for": `198.18.${Math.floor(nth / 250)}.${1 + (nth % 250)}` };
    if (nth % 10 === 3) {
      const body = `Visit ${nth}: what was said here before was said by many and will be said again by a few.`;
      return ["posts", (await client.postJson(`/api/v1/articles/${article}/comments`, { body }, from)).status];
    }
    if (nth % 10 === 6) return ["logIns", (await client.postForm("/log-in", wish.wrongLogIn, from)).status];
    return ["reads", (await client.get(pages[nth % pages.length] ?? "/", from)).status];
  };
  let next = 0;
  const some = async () => {
    for (let nth = next++; nth < wish.visits; nth = next++) {
      const [what, status] = await visit(nth);
      life[status < 500 ? what : "refused"] += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, some));
  return life;
}
