// The migrations' runner: whole or not at all, one at a time, and never on a database it does not know.
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { migrate } from "@/prisma/migrate";
import { grantApplicationRights } from "@/scripts/application-rights";
import { until } from "@/tests/support/condition";
import { createTestDatabase } from "@/tests/support/database";

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: string;
beforeEach(async () => {
  db = await createTestDatabase({ empty: true });
  folder = await mkdtemp(join(tmpdir(), "colloquy-migrations-"));
});
afterEach(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

const run = () => migrate(db.ownerUrl, { folder });
const tables = async () =>
  (await db.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
    .map(({ tablename }) => tablename)
    .filter((name) => name !== "_prisma_migrations");

describe("applying", () => {
  it("takes them in order of name, once", async () => {
    await write("2_second", "ALTER TABLE a ADD COLUMN b int;");
    await write("1_first", "CREATE TABLE a (id int);");
    expect(await run()).toEqual({ applied: ["1_first", "2_second"] });
    expect(await run()).toEqual({ applied: [] });
  });

  it("is done once when two do it at once", async () => {
    await write("1_first", "SELECT pg_sleep(0.2); CREATE TABLE a (id int);");
    const results = await Promise.all([run(), run(), run()]);
    expect(results.flatMap(({ applied }) => applied)).toEqual(["1_first"]);
  });

  it("leaves nothing of a migration that fails, says which and why, and tries it again next time", async () => {
    await write("1_first", "CREATE TABLE a (id int);");
    await write("2_broken", "CREATE TABLE b (id int); SELECT no_such_function();");
    await expect(run()).rejects.toThrow(
      /"2_broken" failed and was undone whole: function no_such_function\(\) does not exist/,
    );
    expect(await tables()).toEqual(["a"]);
    const rows = await db.sql(
      `SELECT logs, rolled_back_at IS NOT NULL AS undone, finished_at FROM "_prisma_migrations" WHERE migration_name = '2_broken'`,
    );
    expect(rows).toEqual([{ logs: "function no_such_function() does not exist", undone: true, finished_at: null }]);
    await write("2_broken", "CREATE TABLE b (id int);");
    expect(await run()).toEqual({ applied: ["2_broken"] });
  });

  it("that is killed in the middle leaves no lock and nothing half done; the next one finishes (F28)", async () => {
    await write("1_first", "CREATE TABLE a (id int); SELECT pg_sleep(60);");
    const killed = run();
    const outcome = expect(killed).rejects.toThrow(/"1_first" failed and was undone whole/);
    const admin = new pg.Client({ connectionString: inject("postgres").superuserUrl });
    await admin.connect();
    const kill = `SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity
      WHERE datname = '${new URL(db.ownerUrl).pathname.slice(1)}' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`;
    await until("the migration to be running, and killed", async () => (await admin.query(kill)).rowCount);
    await admin.end();
    await outcome;
    expect(await tables()).toEqual([]);
    await write("1_first", "CREATE TABLE a (id int);");
    expect(await run()).toEqual({ applied: ["1_first"] });
  });
});

describe("a migration that stands for older ones", () => {
  const parts = ["1_first", "2_second"];
  const recorded = async () =>
    (await db.sql(`SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL ORDER BY 1`)).map(
      ({ migration_name }) => migration_name,
    );

  /** The folder as the version after it has it: its older migrations put together into one. */
  async function putTogether(): Promise<void> {
    await write("3_both", "CREATE TABLE a (id int, b int);");
    const lines = await Promise.all(
      parts.map(async (name) => {
        const sql = await readFile(join(folder, name, "migration.sql"));
        return `${createHash("sha256").update(sql).digest("hex")}  ${name}\n`;
      }),
    );
    await writeFile(join(folder, "3_both", "replaces.txt"), lines.join(""));
    await Promise.all(parts.map((name) => rm(join(folder, name), { recursive: true })));
  }

  beforeEach(async () => {
    await write("1_first", "CREATE TABLE a (id int);");
    await write("2_second", "ALTER TABLE a ADD COLUMN b int;");
  });

  it("is applied to an empty database like any other", async () => {
    await putTogether();
    expect(await run()).toEqual({ applied: ["3_both"] });
    expect(await run()).toEqual({ applied: [] });
    expect(await recorded()).toEqual(["3_both"]);
  });

  it("is only recorded where all of them were applied, once, also by three at once; what comes after it is applied", async () => {
    await run();
    await db.sql("INSERT INTO a VALUES (1, 2)");
    await putTogether();
    await write("4_later", "CREATE TABLE c (id int);");
    const results = await Promise.all([run(), run(), run()]);
    expect(results.flatMap(({ applied }) => applied)).toEqual(["4_later"]);
    expect(await recorded()).toEqual([...parts, "3_both", "4_later"]);
    expect(await db.sql("SELECT * FROM a")).toEqual([{ id: 1, b: 2 }]);
  });

  it("stays recorded when what comes after it fails, and is not recorded anew", async () => {
    await run();
    await putTogether();
    await write("4_later", "SELECT no_such_function();");
    await expect(run()).rejects.toThrow(/"4_later" failed and was undone whole/);
    await write("4_later", "CREATE TABLE c (id int);");
    expect(await run()).toEqual({ applied: ["4_later"] });
    expect(await recorded()).toEqual([...parts, "3_both", "4_later"]);
  });

  it("is not known to the version before, which then refuses as it does with any newer one", async () => {
    await run();
    await putTogether();
    await run();
    await rm(join(folder, "3_both"), { recursive: true });
    await write("1_first", "CREATE TABLE a (id int);");
    await write("2_second", "ALTER TABLE a ADD COLUMN b int;");
    await expect(run()).rejects.toThrow(
      /A newer version of Colloquy has used this database: it has the change "3_both"/,
    );
  });

  const refused = [
    [
      "only some of them were applied",
      `DELETE FROM "_prisma_migrations" WHERE migration_name = '2_second'`,
      /only some of the changes that "3_both" stands for: "2_second" is missing\. Start the last version that had them/,
    ],
    [
      "one of them was another file",
      `UPDATE "_prisma_migrations" SET checksum = 'x' WHERE migration_name = '2_second'`,
      /"2_second" was made to this database by another file than the one that "3_both" stands for/,
    ],
    [
      "one of them was left half done by another tool",
      `UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '2_second'`,
      /Another tool began the change "2_second"/,
    ],
    [
      "one of them failed, and was not tried again",
      `UPDATE "_prisma_migrations" SET finished_at = NULL, rolled_back_at = now() WHERE migration_name = '1_first'`,
      /"1_first" is missing/,
    ],
  ] as const;

  it.each(refused)("is refused where %s, and changes nothing", async (_, change, sentence) => {
    await run();
    await putTogether();
    await db.sql(change);
    const before = await db.sql(`SELECT * FROM "_prisma_migrations" ORDER BY migration_name`);
    await expect(run()).rejects.toThrow(sentence);
    expect(await db.sql(`SELECT * FROM "_prisma_migrations" ORDER BY migration_name`)).toEqual(before);
  });

  it("is refused when what it stands for cannot be read", async () => {
    await putTogether();
    await writeFile(join(folder, "3_both", "replaces.txt"), "1_first\n");
    await expect(run()).rejects.toThrow(/3_both.replaces\.txt has a line that is no SHA-256 with a name: "1_first"/);
  });

  it("is recorded on a site of the first day, whose tables it made one by one", async () => {
    await migrate(db.ownerUrl);
    const list = join(import.meta.dirname, "../../prisma/migrations/20261123120600_the_first_tables/replaces.txt");
    const older = (await readFile(list, "utf8")).trim().split("\n");
    await db.sql(`DELETE FROM "_prisma_migrations" WHERE migration_name = '20261123120600_the_first_tables'`);
    await db.sql(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at)
       SELECT gen_random_uuid(), split_part(line, '  ', 1), split_part(line, '  ', 2), now() FROM unnest($1::text[]) line`,
      [older],
    );
    expect(await migrate(db.ownerUrl)).toEqual({ applied: [] });
    const names = await recorded();
    expect(names).toHaveLength(new Set(names).size);
    expect(names).toEqual(expect.arrayContaining(["20261123050000_the_house", "20261123120600_the_first_tables"]));
  });
});

describe("a table that somebody uses", () => {
  it("is waited for a little at a time, so that nobody waits behind the change for long (R94)", async () => {
    await write("1_first", "CREATE TABLE a (id int);");
    await run();
    const [holder, reader] = [
      new pg.Client({ connectionString: db.ownerUrl }),
      new pg.Client({ connectionString: db.ownerUrl }),
    ];
    await Promise.all([holder.connect(), reader.connect()]);
    await holder.query("BEGIN; SELECT * FROM a;");
    await write("2_second", "ALTER TABLE a ADD COLUMN b int;");
    let stepped = false;
    const migrating = migrate(db.ownerUrl, {
      folder,
      onStep: (words) => {
        stepped ||= words === "Waiting for tables that are in use: 2_second";
      },
    });
    await until("the change to step aside", () => stepped);
    // Would wait for the change, which waits for the holder, which waits for this.
    expect((await reader.query("SELECT * FROM a")).rows).toEqual([]);
    await holder.query("COMMIT");
    expect(await migrating).toEqual({ applied: ["2_second"] });
    await Promise.all([holder.end(), reader.end()]);
  });
});

describe("what the next version's migrations make", () => {
  it("is open to the site's role at once, because the version before it serves on and writes there through triggers (F29)", async () => {
    await migrate(db.ownerUrl);
    await grantApplicationRights(db.ownerUrl, db.applicationUrl);
    const [owner, site] = [db.ownerUrl, db.applicationUrl].map((url) => new pg.Client({ connectionString: url }));
    await Promise.all([owner?.connect(), site?.connect()]);
    await owner?.query("CREATE TABLE newer (id serial PRIMARY KEY, words text)");
    await site?.query("INSERT INTO newer (words) VALUES ('from the older one')");
    expect((await site?.query("SELECT words FROM newer"))?.rows).toEqual([{ words: "from the older one" }]);
    await Promise.all([owner?.end(), site?.end()]);
  });

  it("and the rights can be given by two instances at once", async () => {
    await migrate(db.ownerUrl);
    await Promise.all([1, 2, 3].map(() => grantApplicationRights(db.ownerUrl, db.applicationUrl)));
  });
});

describe("refusing", () => {
  it("a database that a newer version has used", async () => {
    await write("1_first", "CREATE TABLE a (id int);");
    await write("2_newer", "CREATE TABLE b (id int);");
    await run();
    await rm(join(folder, "2_newer"), { recursive: true });
    await expect(run()).rejects.toThrow(
      /A newer version of Colloquy has used this database: it has the change "2_newer"/,
    );
  });

  it("a migration that was edited after it was applied, but not for its line ends", async () => {
    await write("1_first", "CREATE TABLE a (\n  id int\n);");
    await run();
    await write("1_first", "CREATE TABLE a (\r\n  id int\r\n);");
    expect(await run()).toEqual({ applied: [] });
    await write("1_first", "CREATE TABLE a (id bigint);");
    await expect(run()).rejects.toThrow(/1_first\/migration.sql was edited after it was applied/);
  });

  it("a database with tables of something else", async () => {
    await db.sql("CREATE TABLE wp_posts (id int)");
    await expect(run()).rejects.toThrow(/already holds tables of something else \(wp_posts\)/);
  });

  it("a change that another tool left half done", async () => {
    await write("1_first", "CREATE TABLE a (id int);");
    await run();
    await db.sql(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
    await expect(run()).rejects.toThrow(/Another tool began the change "1_first"/);
  });

  it("a database that cannot hold every language", async () => {
    const admin = new pg.Client({ connectionString: inject("postgres").superuserUrl });
    await admin.connect();
    await admin.query(
      "CREATE DATABASE ascii_only ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0",
    );
    const url = new URL(inject("postgres").superuserUrl);
    url.pathname = "/ascii_only";
    await expect(migrate(url.href, { folder })).rejects.toThrow(/encoded as SQL_ASCII and cannot hold every language/);
    await admin.query("DROP DATABASE ascii_only");
    await admin.end();
  });
});
