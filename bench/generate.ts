// `npm run bench:generate -- --size large`: puts a generated site into the database of DATA_DIR or DATABASE_URL, to look at or to
// measure. `--articles`, `--people`, `--threads 0,100,1000`, `--comments` and `--seed` change the size.
import "@/scripts/node-env.mjs";
import { Command } from "commander";
import pg from "pg";
import { prepareAccount } from "@/bench/scenarios/logging-in";
import { generateSite } from "@/bench/site/generate";
import { largeSite, mediumSite, type SiteSize, smallSite, thousandSite } from "@/bench/site/size";
import { env } from "@/lib/env";
import { withDatabase } from "@/scripts/open-database";

const sizes: Record<string, SiteSize> = {
  small: smallSite,
  thousand: thousandSite,
  medium: mediumSite,
  large: largeSite,
};

const whole = (text: string) => Number.parseInt(text, 10);
const wishes = new Command("generate")
  .option("--size <name>", "small, thousand, medium or large", "small")
  .option("--seed <number>", "another seed gives another site of the same size", whole)
  .option("--articles <number>", "", whole)
  .option("--people <number>", "", whole)
  .option("--comments <number>", "of an ordinary article, on average", whole)
  .option("--account", "let the first member log in, for measuring it")
  .option("--threads <numbers>", "comments of the first articles", (text) => text.split(",").map(whole))
  .parse()
  .opts<Partial<SiteSize> & { size: string; account?: true }>();

const { size: name, account, ...own } = wishes;
const size = { ...(sizes[name] ?? smallSite), ...own };

await withDatabase(async () => {
  const { databaseUrl, migrationDatabaseUrl } = env();
  const client = new pg.Client({ connectionString: migrationDatabaseUrl ?? databaseUrl });
  await client.connect();
  try {
    await generateSite(client, size, ({ table, rows, ms }) =>
      process.stdout.write(
        `${table.padEnd(20)}${String(rows).padStart(9)} rows ${(ms / 1000).toFixed(1).padStart(7)} s\n`,
      ),
    );
    if (account) await prepareAccount(client);
  } finally {
    await client.end();
  }
});
