// The link that makes the first admin: told on the server's own console while nobody can administer the site (R42). Apart from making
// the admin, because each start asks for it and need not load what hashes passwords.
import { database, inTransaction } from "@/lib/store/client";
import { issueToken, peekToken } from "@/lib/store/one-time-tokens";
import { someAdmin } from "@/lib/store/people";

/** The link of a start is good for a day, or until somebody is admin. */
const linkMs = 24 * 3_600_000;

/** The path to open for becoming admin, or null when somebody is. Each call makes a link; all end with the first use of one. */
export async function firstAdminPath(): Promise<string | null> {
  if (await someAdmin(database())) return null;
  const wish = { purpose: "FIRST_ADMIN", userId: null, ttlMs: linkMs } as const;
  return `/first-run?token=${await inTransaction((tx) => issueToken(tx, wish))}`;
}

/** Whether this link still opens the page. */
export async function isFirstAdminLink(token: string): Promise<boolean> {
  const known = await peekToken(database(), { purpose: "FIRST_ADMIN", token });
  return known !== null && !(await someAdmin(database()));
}
