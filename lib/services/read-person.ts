// A member's public page.
import { DomainError } from "@/lib/domain/errors";
import type { PersonView } from "@/lib/domain/person";
import type { Context } from "@/lib/services/context";
import type { Moved } from "@/lib/services/find-moved";
import { listPublished } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { handleNow } from "@/lib/store/handle-holds";
import { findPerson, newestCommentsOf } from "@/lib/store/users";

/** Comments on a member's page. */
const commentsShown = 10;

/**
 * Who they are, what they are credited on, what they said last. A handle that its member gave up a while ago leads to the one they have now.
 * @throws DomainError `not_found`
 */
export async function readPerson(
  _ctx: Context,
  input: { handle: string; before?: string },
): Promise<PersonView | Moved> {
  const db = database();
  const person = await findPerson(db, input.handle);
  if (!person) {
    const moved = await handleNow(db, input.handle);
    if (moved === null) throw new DomainError("not_found");
    return { moved };
  }
  const [articles, comments] = await Promise.all([
    listPublished(db, { userId: person.id, before: input.before }),
    newestCommentsOf(db, person.id, commentsShown),
  ]);
  return {
    handle: person.handle,
    displayName: person.displayName,
    bioHtml: person.bioHtml,
    joinedAt: person.createdAt,
    articles,
    comments,
  };
}
