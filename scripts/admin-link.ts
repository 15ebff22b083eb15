// npm run admin-link: a way in for whoever holds the machine. With a handle, a link to set that member's password; without one, the link
// for the first admin, or who the admins are. See docs/operations.md.
import { identifierSchema } from "@/lib/domain/account";
import { env } from "@/lib/env";
import { resetPathOf } from "@/lib/services/console-reset";
import { firstAdminPath } from "@/lib/services/first-admin-link";
import { database } from "@/lib/store/client";
import { adminHandles } from "@/lib/store/people";
import { withDatabase } from "@/scripts/open-database";
import { isForThePerson, StartError } from "@/scripts/start-error";

/** What to tell the person at the console. @throws StartError when there is no such member */
async function answer(typed: string | undefined): Promise<string> {
  if (typed === undefined) {
    const path = await firstAdminPath();
    if (path)
      return `Nobody can administer this site. Become admin, once, within a day:\n\n  ${env().publicOrigin}${path}`;
    const handles = await adminHandles(database());
    return `Who can administer this site: ${handles.join(", ")}.\nFor a link to a new password: npm run admin-link -- ${handles[0]}`;
  }
  const identifier = identifierSchema.safeParse(typed).data;
  const path = identifier === undefined ? null : await resetPathOf(identifier);
  if (!path) throw new StartError(`No member who can log in has the handle or address "${typed}". Check the spelling.`);
  return `A new password can be set here, once, within half an hour:\n\n  ${env().publicOrigin}${path}`;
}

try {
  console.log(`\n${await withDatabase(() => answer(process.argv[2]))}\n`);
} catch (error) {
  if (!isForThePerson(error)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
