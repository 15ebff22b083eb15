// What the site's role may do with the tables that the owner made: read and write rows, nothing else (R82), and work off the queue of
// jobs. Runs after every migration, so that a new table is never forgotten.
import pg from "pg";
import { describeDatabaseTrouble } from "@/scripts/database-trouble";
import { StartError } from "@/scripts/start-error";

/** Records of what was done: the site adds lines and reads them, and can do nothing else with them (R80). */
const onlyGrowing = "moderation_actions, audit_events, editorial_actions, record_seals, record_checks";

/** Two instances that start together give the rights one after the other. The number is nobody else's. */
const turnNumber = 72_707_370;

/** The name of what lets the site's role see rows of the queue. */
const policy = "colloquy_site";

const userOf = (url: string) => decodeURIComponent(new URL(url).username);

/**
 * Gives the role of `applicationUrl` its rights in the database of `ownerUrl`. Does nothing when both are one role.
 * @throws StartError when the site's role cannot be reached or be given its rights
 */
export async function grantApplicationRights(ownerUrl: string, applicationUrl: string): Promise<void> {
  const role = userOf(applicationUrl);
  if (role === userOf(ownerUrl)) return;
  const owner = new pg.Client({ connectionString: ownerUrl });
  owner.on("error", () => {});
  const name = owner.escapeIdentifier(role);
  try {
    await owner.connect();
    await owner.query(`
      BEGIN;
      SELECT pg_advisory_xact_lock(${turnNumber});
      GRANT USAGE ON SCHEMA public TO ${name};
      -- And on what the next version's migrations will make: the version before it serves on, and may write there through a trigger.
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${name};
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${name};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name};
      REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${name};
      REVOKE UPDATE, DELETE ON ${onlyGrowing} FROM ${name};
      GRANT USAGE ON SCHEMA graphile_worker TO ${name};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${name};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${name};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${name};
      REVOKE INSERT, UPDATE, DELETE ON graphile_worker.migrations FROM ${name};
      ${await letIntoRows(owner, role)}
      COMMIT;
    `);
  } catch (error) {
    throw new StartError(describeDatabaseTrouble(ownerUrl, error));
  } finally {
    await owner.end().catch(() => {});
  }
  await checkAccess(applicationUrl);
}

/** The queue's tables hide their rows from all but their owner until a policy says whom to show them to. */
async function letIntoRows(owner: pg.Client, role: string): Promise<string> {
  const { rows } = await owner.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables t
     WHERE schemaname = 'graphile_worker' AND rowsecurity AND NOT EXISTS (
       SELECT FROM pg_policies p
       WHERE p.schemaname = t.schemaname AND p.tablename = t.tablename AND p.policyname = $1 AND $2 = ANY (p.roles))`,
    [policy, role],
  );
  const name = owner.escapeIdentifier(role);
  const policies = rows.map(
    ({ table }) =>
      `DROP POLICY IF EXISTS ${policy} ON ${table};
       CREATE POLICY ${policy} ON ${table} TO ${name} USING (true) WITH CHECK (true);`,
  );
  return policies.join("\n");
}

async function checkAccess(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(`SELECT 1 FROM "_prisma_migrations" LIMIT 1`);
  } catch (error) {
    throw new StartError(describeDatabaseTrouble(url, error));
  } finally {
    await client.end().catch(() => {});
  }
}
