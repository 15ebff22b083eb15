// What services ask the database, and how Postgres answers it: which tables it reads from end to end, and how many rows it touches.
import pg from "pg";

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

export interface Answer {
  /** Tables that are read from end to end. */
  scanned: string[];
  /** Rows that came out of tables and indexes, those that a condition then threw away included; only of reads. */
  rows: number;
  /** Milliseconds in the executor; only of reads. */
  ms: number;
}

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
}

type Ask = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

/** Explains a question; runs it for that when it only reads. */
export async function explain(ask: Ask, { text, values }: Question): Promise<Answer> {
  const reads = /^\s*(SELECT|WITH)\b/i.test(text) && !/\b(INSERT|UPDATE|DELETE|pg_advisory)\b/i.test(text);
  const [row] = await ask(`EXPLAIN (${reads ? "ANALYZE, BUFFERS OFF, TIMING OFF, " : ""}FORMAT JSON) ${text}`, values);
  const [answer]: [{ Plan: Node; "Execution Time"?: number }] = Object(row)["QUERY PLAN"];
  const scanned = new Set<string>();
  let rows = 0;
  const left = [answer.Plan];
  for (let node = left.pop(); node; node = left.pop()) {
    if (node["Node Type"] === "Seq Scan") scanned.add(node["Relation Name"] ?? "");
    if (node["Node Type"].includes("Scan") && !node.Plans) {
      const thrown = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
      rows += ((node["Actual Rows"] ?? 0) + thrown) * (node["Actual Loops"] ?? 0);
    }
    left.push(...(node.Plans ?? []));
  }
  return { scanned: [...scanned], rows: Math.round(rows), ms: answer["Execution Time"] ?? 0 };
}

/** Tables that grow with the site: none of them may be read from end to end. */
export const growing = new Set([
  ...["articles", "revisions", "threads", "comments", "comment_revisions", "credits", "article_topics", "users"],
  ...["visitors", "pseudonyms", "reports", "moderation_actions", "idempotency_keys", "rate_limits", "sessions"],
  ...["appeals", "figure_blocks"],
]);

/** Tables with so few rows that reading them whole is the best plan, whatever indexes they have. */
export async function smallTables(ask: Ask): Promise<Set<string>> {
  const rows = await ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples < 500", []);
  return new Set(rows.map(({ relname }) => String(relname)));
}
