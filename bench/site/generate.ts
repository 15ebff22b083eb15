// Fills a database with a generated site: the same one for the same size and seed, beside whatever is there already. All of it or
// nothing, through COPY, with every constraint in force.
import type { ClientBase } from "pg";
import {
  articlePlans,
  articleRows,
  creditRows,
  type FirstIds,
  filingRows,
  oldest,
  revisionRows,
  threadRows,
} from "@/bench/site/articles";
import { commentRows, decisionRows, earlierTextRows } from "@/bench/site/comments";
import { copyRows, type Row } from "@/bench/site/copy";
import { memberRows, topicCount, topicRows, visitorRows } from "@/bench/site/people";
import type { SiteSize } from "@/bench/site/size";
import { createTexts } from "@/bench/site/texts";

/** Tables whose ids are given out here. */
const numbered = ["users", "visitors", "topics", "articles", "threads", "revisions", "comments"] as const;

/** @param tell hears of each table what was written, and how long it took in milliseconds */
export async function generateSite(
  client: ClientBase,
  size: SiteSize,
  tell: (done: { table: string; rows: number; ms: number }) => void = () => {},
): Promise<void> {
  const texts = createTexts(size.seed);
  await client.query("BEGIN");
  try {
    const first = await takeFirstIds(client);
    for (const [table, rows] of tables(size, first, texts)) {
      const began = performance.now();
      const count = await copyRows(client, table, rows);
      tell({ table, rows: count, ms: performance.now() - began });
    }
    await client.query(
      `UPDATE articles SET published_revision_id = r.id FROM revisions r
       WHERE r.article_id = articles.id AND r.state = 'PUBLISHED' AND articles.id >= $1`,
      [first.articles],
    );
    for (const table of numbered) await leaveIdsBehind(client, table);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
  await client.query("VACUUM ANALYZE");
}

function* tables(
  size: SiteSize,
  first: FirstIds,
  texts: ReturnType<typeof createTexts>,
): Generator<[string, Iterable<Row>]> {
  const people = { count: size.people, since: oldest };
  yield ["users", memberRows(size.seed, { ...people, firstId: first.users })];
  yield ["visitors", visitorRows({ ...people, firstId: first.visitors })];
  yield ["topics", topicRows(first.topics, countFilings(size, first))];
  yield ["articles", articleRows(size, first)];
  yield ["threads", threadRows(size, first)];
  yield ["revisions", revisionRows(size, first, texts)];
  yield ["credits", creditRows(size, first)];
  yield ["article_topics", filingRows(size, first)];
  yield ["comments", commentRows(size, first, texts)];
  yield ["comment_revisions", earlierTextRows(size, first)];
  yield ["moderation_actions", decisionRows(size, first)];
}

function countFilings(size: SiteSize, first: FirstIds): number[] {
  const counts = new Array<number>(topicCount).fill(0);
  for (const { topics } of articlePlans(size, first))
    for (const topic of topics) counts[topic] = (counts[topic] ?? 0) + 1;
  return counts;
}

async function takeFirstIds(client: ClientBase): Promise<FirstIds> {
  const columns = numbered.map((table) => `nextval('${table}_id_seq')::int AS ${table}`);
  const { rows } = await client.query<FirstIds>(`SELECT ${columns.join(", ")}`);
  if (!rows[0]) throw new Error("The database gave no ids.");
  return rows[0];
}

/** So that what comes later gets ids after ours. */
async function leaveIdsBehind(client: ClientBase, table: (typeof numbered)[number]): Promise<void> {
  await client.query(`SELECT setval('${table}_id_seq', (SELECT max(id) FROM ${table}))`);
}
