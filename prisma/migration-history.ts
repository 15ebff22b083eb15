// What a database's record of changes says about the migrations of this version: which it has, which it has under older names, which are
// to come; and which records mean that this version must not touch it.
import type { Migration } from "@/prisma/migration-files";
import { StartError } from "@/scripts/start-error";

/** A row of Prisma's table of what was applied, without those that were undone. */
export interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

function refuseStrangeRow(row: AppliedRow, known: readonly Migration[]): void {
  const migration = known.find(({ name }) => name === row.migration_name);
  const successor = known.find(({ replaces }) => replaces.some(({ name }) => name === row.migration_name));
  const expected = migration ?? successor?.replaces.find(({ name }) => name === row.migration_name);
  if (!expected) {
    throw new StartError(
      `A newer version of Colloquy has used this database: it has the change "${row.migration_name}", which this version does not know. Start that version, or restore a backup from before it.`,
    );
  }
  if (!row.finished_at) {
    throw new StartError(
      `Another tool began the change "${row.migration_name}" on this database and did not finish it. Restore a backup from before it.`,
    );
  }
  if (row.checksum === expected.checksum) return;
  throw new StartError(
    migration
      ? `The file prisma/migrations/${migration.name}/migration.sql was edited after it was applied to this database. Put it back as it was and add a new migration instead (npm run migration -- NAME).`
      : `The change "${row.migration_name}" was made to this database by another file than the one that "${successor?.name}" stands for. Restore a backup from before it, or give Colloquy an empty database.`,
  );
}

/** Whether everything that a migration stands for has been applied; nothing of it is a plain no. */
function hasReplaced({ name, replaces }: Migration, applied: ReadonlySet<string>): boolean {
  const missing = replaces.filter((replaced) => !applied.has(replaced.name));
  if (missing.length === replaces.length) return false;
  if (missing.length === 0) return true;
  throw new StartError(
    `The database has only some of the changes that "${name}" stands for: "${missing[0]?.name}" is missing${missing.length > 1 ? `, and ${missing.length - 1} after it` : ""}. Start the last version that had them one by one, and then this one; docs/operations.md ("Changing tables") says how to find it. Or give Colloquy an empty database.`,
  );
}

/**
 * Compares a database's record with this version's migrations.
 * @returns `had`: to be recorded only, because the database had their parts under older names; `pending`: to be applied. Oldest first.
 * @throws StartError for the database of a newer version, an edited or half-done change, or only some parts of one
 */
export function compareHistory(
  history: readonly AppliedRow[],
  known: readonly Migration[],
): { had: Migration[]; pending: Migration[] } {
  for (const row of history) refuseStrangeRow(row, known);
  const applied = new Set(history.map((row) => row.migration_name));
  const missing = known.filter(({ name }) => !applied.has(name));
  const had = missing.filter((migration) => hasReplaced(migration, applied));
  return { had, pending: missing.filter((migration) => !had.includes(migration)) };
}
