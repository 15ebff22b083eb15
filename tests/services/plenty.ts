// Threads far larger than a test would post by hand, written by the same means as the generated sites of the bench.
import pg from "pg";
import { commentRow } from "@/bench/site/comments";
import { copyRows } from "@/bench/site/copy";
import { allPublished, planDiscussion, type Shape } from "@/bench/site/discussion";
import type { TestArticle } from "@/tests/services/arrange";
import type { TestDatabase } from "@/tests/support/database";

/** Runs `work` with a connection as the owner of the test's database. */
export async function withOwner<T>(db: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Fills an empty thread with `count` comments of one visitor; answers their ids in order. */
export async function fillThread(
  db: TestDatabase,
  article: TestArticle,
  comments: { shape: Shape; count: number },
): Promise<string[]> {
  const { shape, count } = comments;
  const [made] = await db.sql(`
    WITH v AS (INSERT INTO visitors DEFAULT VALUES RETURNING id)
    SELECT v.id AS visitor, nextval('comments_id_seq')::int AS first FROM v`);
  const firstId = Number(made?.first);
  const discussion = planDiscussion(count, { shape, fateOf: allPublished });
  const author = { user_id: null, visitor_id: Number(made?.visitor), author_name: "Somebody", name_chosen: true };
  const facts = {
    thread_id: article.threadId,
    article_revision_id: null,
    firstId,
    at: new Date(),
    author,
    edited: false,
  };
  function* rows() {
    for (let n = 0; n < count; n++) {
      yield commentRow(discussion, n, { ...facts, text: { body: `Text ${n}`, html: `<p>Text ${n}</p>` } });
    }
  }
  await withOwner(db, (client) => copyRows(client, "comments", rows()));
  await db.sql("SELECT setval('comments_id_seq', $1::bigint)", [firstId + count]);
  await db.sql(
    "UPDATE threads SET (comment_count, places, root_places, last_comment_at) = ($2, $3, $4, now()) WHERE id = $1",
    [article.threadId, discussion.published, discussion.lastPlace, discussion.lastRootPlace],
  );
  return Array.from({ length: count }, (_, n) => String(firstId + n));
}
