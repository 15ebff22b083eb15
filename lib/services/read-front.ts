// The front page: what is new, and what is talked about.
import type { FrontView } from "@/lib/domain/article";
import type { Context } from "@/lib/services/context";
import { listPublished, livelyThreads } from "@/lib/store/articles";
import { database } from "@/lib/store/client";

/** Discussions named on the front page. */
const livelyShown = 5;

/** One page of the newest articles; the first also has the liveliest discussions. `before` is the cursor of a page before. */
export async function readFront(_ctx: Context, input: { before?: string }): Promise<FrontView> {
  const db = database();
  const [newest, lively] = await Promise.all([
    listPublished(db, { before: input.before }),
    input.before ? [] : livelyThreads(db, livelyShown),
  ]);
  return { newest, lively };
}
