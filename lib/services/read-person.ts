// A member's public page.
import { DomainError } from "@/lib/domain/errors";
import type { PersonView } from "@/lib/domain/person";
import type { Context } from "@/lib/services/context";
import { listPublished } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { findPerson, newestCommentsOf } from "@/lib/store/users";

/** Comments on a member's page. */
const commentsShown = 10;

/**
 * Who they are, what they are credited on, what they said last.
 * @throws DomainError `not_found`
 */
export async function readPerson(_ctx: Context, input: { handle: string; before?: string }): Promise<PersonView> {
  const db = database();
  const person = await findPerson(db, input.handle);
  if (!person) throw new DomainError("not_found");
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
