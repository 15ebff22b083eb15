// Threads far larger than a test would post by hand, written by the same means as the generated sites of the bench.
import pg from "pg";
import { commentRow } from "@/bench/site/comments";
import { copyRows } from "@/bench/site/copy";
import { allPublished, planDiscussion, type Shape } from "@/bench/site/discussion";
import type { TestArticle } from "@/tests/services/arrange";
import type { TestDatabase } from "@/tests/support/database";

/** Runs `work` with a connection as the owner of the test's database. */
export async function withOwner<T>(
  db: Pick<TestDatabase, "ownerUrl">,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

interface Plenty {
  shape: Shape;
  count: number;
  /** What comment number `n` says, and under which name; a few words, when left out. */
  say?: (n: number) => { name: string; body: string; html: string };
}

const fewWords = (n: number) => ({ name: "Somebody", body: `Text ${n}`, html: `<p>Text ${n}</p>` });

/** Fills an empty thread with `count` comments of one visitor; answers their ids in order. */
export async function fillThread(
  db: Pick<TestDatabase, "sql" | "ownerUrl">,
  article: Pick<TestArticle, "threadId">,
  { shape, count, say = fewWords }: Plenty,
): Promise<string[]> {
  const [made] = await db.sql(`
    WITH v AS (INSERT INTO visitors DEFAULT VALUES RETURNING id)
    SELECT v.id AS visitor, nextval('comments_id_seq')::int AS first FROM v`);
  const firstId = Number(made?.first);
  const discussion = planDiscussion(count, { shape, fateOf: allPublished });
  const visitor_id = Number(made?.visitor);
  const facts = { thread_id: article.threadId, article_revision_id: null, firstId, at: new Date(), edited: false };
  function* rows() {
    for (let n = 0; n < count; n++) {
      const { name, ...text } = say(n);
      const author = { user_id: null, visitor_id, author_name: name, name_chosen: true };
      yield commentRow(discussion, n, { ...facts, author, text });
    }
  }
  await withOwner(db, async (client) => {
    await copyRows(client, "comments", rows());
    await client.query("SELECT setval('comments_id_seq', $1::bigint)", [firstId + count]);
  });
  await db.sql(
    "UPDATE threads SET (comment_count, places, root_places, last_comment_at) = ($2, $3, $4, now()) WHERE id = $1",
    [article.threadId, discussion.published, discussion.lastPlace, discussion.lastRootPlace],
  );
  return Array.from({ length: count }, (_, n) => String(firstId + n));
}
