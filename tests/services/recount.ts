// Counts that are kept in rows, beside what counting anew gives.
import type { TestDatabase } from "@/tests/support/database";

/** The threads, comments and topics whose counts differ from a recount, and threads whose places have gaps. None, when all is well. */
export function miscounts(db: Pick<TestDatabase, "sql">): Promise<Record<string, unknown>[]> {
  return db.sql(`
    SELECT 'thread' AS what, t.id::text, t.comment_count, t.places, t.root_places, n.*
    FROM threads t
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE status = 'PUBLISHED') AS published, count(place) AS placed, count(root_place) AS roots,
             coalesce(max(place), 0) AS last_place, coalesce(max(root_place), 0) AS last_root
      FROM comments WHERE thread_id = t.id) n
    WHERE (t.comment_count, t.places, t.root_places, t.places, t.root_places)
       <> (n.published, n.placed, n.roots, n.last_place, n.last_root)
    UNION ALL
    SELECT 'comment', c.id::text, c.reply_count, NULL, NULL, n.replies, NULL, NULL, NULL, NULL
    FROM comments c
    CROSS JOIN LATERAL (SELECT count(place) AS replies FROM comments WHERE parent_id = c.id) n
    WHERE c.reply_count <> n.replies
    UNION ALL
    SELECT 'topic', p.id::text, p.article_count, NULL, NULL, n.articles, NULL, NULL, NULL, NULL
    FROM topics p
    CROSS JOIN LATERAL (SELECT count(listed_at) AS articles FROM article_topics WHERE topic_id = p.id) n
    WHERE p.article_count <> n.articles`);
}
