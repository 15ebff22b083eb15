// What the site's role may do with the tables that the owner made: read and write rows, nothing else (R82). Runs after every
// migration, so that a new table is never forgotten.
import pg from "pg";
import { describeDatabaseTrouble } from "@/scripts/database-trouble";
import { StartError } from "@/scripts/start-error";

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
      GRANT USAGE ON SCHEMA public TO ${name};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name};
      REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${name};
      COMMIT;
    `);
  } catch (error) {
    throw new StartError(describeDatabaseTrouble(ownerUrl, error));
  } finally {
    await owner.end().catch(() => {});
  }
  await checkAccess(applicationUrl);
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
