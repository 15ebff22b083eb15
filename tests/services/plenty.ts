// Threads and sites far larger than a test would post by hand, written by SQL with all their counts; and a look at the questions
// that services ask the database.
import pg from "pg";
import type { TestArticle } from "@/tests/services/arrange";
import type { TestDatabase } from "@/tests/support/database";

/** Of comment number `n` (from 0), in SQL: the numbers of its parent and root or NULL, and its depth. */
interface Shape {
  parent: string;
  root: string;
  depth: string;
}

/** Top-level comments only. */
export const roots: Shape = { parent: "NULL::int", root: "NULL::int", depth: "0" };

/** One top-level comment, and direct replies to it. */
export const wide: Shape = {
  parent: "CASE WHEN n > 0 THEN 0 END",
  root: "CASE WHEN n > 0 THEN 0 END",
  depth: "least(n, 1)",
};

/** Chains of so many, each comment the only answer to the one before. */
export const chainsOf = (length: number): Shape => ({
  parent: `CASE WHEN n % ${length} > 0 THEN n - 1 END`,
  root: `CASE WHEN n % ${length} > 0 THEN n - n % ${length} END`,
  depth: `n % ${length}`,
});

/** Fills an empty thread with `count` comments of one visitor; answers their ids in order. */
export async function fillThread(
  db: TestDatabase,
  article: TestArticle,
  comments: { shape: Shape; count: number },
): Promise<string[]> {
  const { shape, count } = comments;
  const [visitor] = await db.sql("INSERT INTO visitors DEFAULT VALUES RETURNING id");
  const [sequence] = await db.sql("SELECT nextval('comments_id_seq') AS base");
  const rows = await db.sql(
    `INSERT INTO comments (id, thread_id, parent_id, root_id, depth, place, root_place, status, visitor_id, author_name, body, html,
                           renderer_version, body_hash)
     SELECT $2::bigint + n, $1, $2::bigint + (${shape.parent}), $2::bigint + (${shape.root}), ${shape.depth}, n + 1,
            CASE WHEN ${shape.depth} = 0 THEN row_number() OVER (PARTITION BY ${shape.depth} = 0 ORDER BY n) END,
            'PUBLISHED', $3, 'Somebody', 'Text ' || n, '<p>Text ' || n || '</p>', 1, ''
     FROM generate_series(0, $4::int - 1) n
     RETURNING id`,
    [article.threadId, sequence?.base, visitor?.id, count],
  );
  await db.sql("SELECT setval('comments_id_seq', $1::bigint)", [Number(sequence?.base) + count]);
  await db.sql(
    `UPDATE comments c SET reply_count = n.replies
     FROM (SELECT parent_id, count(*) AS replies FROM comments WHERE thread_id = $1 GROUP BY parent_id) n
     WHERE c.id = n.parent_id`,
    [article.threadId],
  );
  await db.sql(
    `UPDATE threads SET (comment_count, places, root_places, last_comment_at) =
       (SELECT count(*), count(*), count(root_place), now() FROM comments WHERE thread_id = $1) WHERE id = $1`,
    [article.threadId],
  );
  return rows.map(({ id }) => String(id)).sort((a, b) => Number(a) - Number(b));
}

/** Publishes `count` articles with a discussion of `comments` top-level comments each, all under one topic, by one member. */
export async function fillSite(db: TestDatabase, site: { count: number; comments: number }): Promise<void> {
  const [topic] = await db.sql("INSERT INTO topics (slug, name) VALUES ('plenty', 'Plenty') RETURNING id");
  const [user] = await db.sql(
    "INSERT INTO users (handle, display_name, name_key, handle_key) VALUES ('busy', 'Busy', 'busy', 'busy') RETURNING id",
  );
  await db.sql(
    `WITH a AS (
       INSERT INTO articles (slug, first_published_at, last_modified_at)
       SELECT 'plenty-' || n, now() - n * interval '1 hour', now() - n * interval '1 hour' FROM generate_series(1, $1::int) n
       RETURNING id),
     r AS (
       INSERT INTO revisions (article_id, number, state, title, body, html, renderer_version, published_at)
       SELECT id, 1, 'PUBLISHED', 'Title ' || id, 'Body', '<p>Body</p>', 1, now() FROM a RETURNING id, article_id),
     t AS (
       INSERT INTO threads (article_id, comment_count, places, root_places, last_comment_at)
       SELECT id, $2, $2, $2, now() - id * interval '1 minute' FROM a),
     c AS (INSERT INTO credits (article_id, kind, position, user_id) SELECT id, 'WRITTEN', 1, $4 FROM a WHERE id % 20 = 0)
     INSERT INTO article_topics (article_id, topic_id, listed_at) SELECT id, $3, now() - id * interval '1 hour' FROM a`,
    [site.count, site.comments, topic?.id, user?.id],
  );
  await db.sql(
    `UPDATE articles a SET published_revision_id = r.id FROM revisions r
     WHERE r.article_id = a.id AND a.published_revision_id IS NULL`,
  );
  await db.sql("UPDATE topics SET article_count = $1 WHERE id = $2", [site.count, topic?.id]);
  await db.sql(
    `INSERT INTO comments (thread_id, place, root_place, status, user_id, author_name, body, html, renderer_version, body_hash)
     SELECT t.id, n, n, 'PUBLISHED', $1, 'Busy', 'Text', '<p>Text</p>', 1, ''
     FROM threads t JOIN articles a ON a.id = t.article_id CROSS JOIN generate_series(1, $2::int) n
     WHERE a.slug LIKE 'plenty-%'`,
    [user?.id, site.comments],
  );
}

/** A question as it went to the database. */
export interface Question {
  text: string;
  values: unknown[];
}

/** What the services ask the database while `work` runs; the beginning and end of transactions left out. */
export async function questionsOf(work: () => Promise<unknown>): Promise<Question[]> {
  const asked: Question[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args;
    const config = typeof first === "string" ? { text: first, values: second } : Object(first);
    const text = String(config.text ?? "");
    if (!/^\s*(BEGIN|COMMIT|ROLLBACK|SET)\b/i.test(text) && text !== "") {
      asked.push({ text, values: Array.isArray(config.values) ? config.values : [] });
    }
    return Reflect.apply(query, this, args);
  };
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return asked;
}
