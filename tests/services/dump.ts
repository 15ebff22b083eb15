// Everything the database holds, as text, for tests of what must be nowhere in it.
import type { TestDatabase } from "@/tests/support/database";

/** Every row of every table, one a line. */
export async function dumpOf(db: TestDatabase): Promise<string> {
  const tables = await db.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename");
  const lines: string[] = [];
  for (const { tablename } of tables) {
    const rows = await db.sql(`SELECT t::text AS line FROM "${tablename}" t`);
    lines.push(...rows.map(({ line }) => String(line)));
  }
  return lines.join("\n");
}
