// `npm run bench:plans -- --size large`: Postgres' plan for everything readers ask, on a generated site of that size in DATA_DIR.
// Ends with 1 when one reads a growing table from end to end, or touches more rows than its page may.
import "@/scripts/node-env.mjs";
import { Command } from "commander";
import pg from "pg";
import { type Answer, explain, growing, questionsOf, smallTables } from "@/bench/explain";
import { hotReads } from "@/bench/hot-reads";
import { discussionOf, largeSite, mediumSite } from "@/bench/site/size";
import { env } from "@/lib/env";
import { countFigures } from "@/lib/services/count-figures";
import { withDatabase } from "@/scripts/open-database";

const { size: name } = new Command("plans").option("--size <name>", "medium or large", "large").parse().opts();
const size = name === "medium" ? mediumSite : largeSite;

/** The middle one of eleven times, in milliseconds; whatever had to be loaded is loaded by then. */
async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 11; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[5] ?? 0;
}

await withDatabase(async () => {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  const ask = async (text: string, values: unknown[]) => (await client.query(text, values)).rows;
  try {
    const [found] = await ask(
      `SELECT min(c.id) AS root, percentile_disc(0.5) WITHIN GROUP (ORDER BY c.id) AS middle
       FROM comments c JOIN threads t ON t.id = c.thread_id JOIN articles a ON a.id = t.article_id WHERE a.slug = $1`,
      [discussionOf(Math.max(...size.threads))],
    );
    for (const what of ["all that is new", "nothing new"]) {
      const began = performance.now();
      await countFigures();
      process.stdout.write(`Figures of moderation counted, ${what}: ${Math.round(performance.now() - began)} ms\n`);
    }
    const small = await smallTables(ask);
    process.stdout.write(`${"".padEnd(32)}questions     rows   database   service\n`);
    for (const { name: what, read, rows: mostRows } of hotReads(size, {
      middle: String(found?.middle),
      root: String(found?.root),
    })) {
      const took = await medianOf(read);
      const questions = await questionsOf(read);
      const answers: Answer[] = [];
      for (const question of questions) answers.push(await explain(ask, question));
      const scanned = answers.flatMap((answer) =>
        answer.scanned.filter((table) => growing.has(table) && !small.has(table)),
      );
      const rows = answers.reduce((sum, answer) => sum + answer.rows, 0);
      const ms = answers.reduce((sum, answer) => sum + answer.ms, 0);
      const wrong = scanned.length > 0 ? `reads all of ${scanned.join(", ")}` : rows > mostRows ? "too many rows" : "";
      if (wrong) process.exitCode = 1;
      process.stdout.write(
        `${what.padEnd(32)}${String(questions.length).padStart(9)}${String(rows).padStart(9)}${ms.toFixed(1).padStart(8)} ms${took.toFixed(1).padStart(7)} ms  ${wrong}\n`,
      );
    }
  } finally {
    await client.end();
  }
});
