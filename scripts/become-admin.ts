// The link for becoming the first admin, for the screen after a start.
import { sharedPool } from "@/lib/store/pool";

/**
 * The whole address to open, or undefined when somebody can administer the site. Each start makes a new one.
 * @param origin where the site is reached
 */
export async function becomeAdminLink(origin: string): Promise<string | undefined> {
  // First without Prisma, which takes a while to load: nearly every start ends here. The same condition as in lib/store/people.
  const { rows } = await sharedPool().query<{ found: boolean }>(
    `SELECT EXISTS (
       SELECT FROM users
       WHERE 'ADMIN' = ANY(roles) AND email IS NOT NULL AND suspended_at IS NULL AND deleted_at IS NULL) AS found`,
  );
  if (rows[0]?.found) return undefined;
  const { firstAdminPath } = await import("@/lib/services/first-admin-link");
  const path = await firstAdminPath();
  return path === null ? undefined : `${origin}${path}`;
}
