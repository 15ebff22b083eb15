// The histories of the people who wrote a page of comments, each once.
import { type PersonHistory, personKey, type SanctionView } from "@/lib/domain/moderation-queue";
import type { Transaction } from "@/lib/store/client";
import { lastCommentsOf, type PersonRow, peopleOf, type SanctionRow, sanctionsOf } from "@/lib/store/moderation-people";
import { excerptOfHtml } from "@/lib/text/excerpt";

/** Characters of an earlier comment in a history. */
const textShown = 120;

interface Author {
  userId: number | null;
  visitorId: number | null;
}

function isNumber(id: number | null): id is number {
  return id !== null;
}

/** Who they are, what became of what they wrote, what they wrote last, and what was laid on them. Never an address. */
export async function peopleHistory(db: Transaction, authors: readonly Author[]): Promise<PersonHistory[]> {
  const ids = {
    userIds: [...new Set(authors.map(({ userId }) => userId).filter(isNumber))],
    visitorIds: [...new Set(authors.map(({ visitorId }) => visitorId).filter(isNumber))],
  };
  const [people, comments, sanctions] = await Promise.all([
    peopleOf(db, ids),
    lastCommentsOf(db, ids),
    sanctionsOf(db, ids),
  ]);
  return people.map((person) => ({
    ...toPerson(person),
    last: comments
      .filter((comment) => isTheirs(comment, person))
      .map(({ id, status, removalReason, html, createdAt }) => ({
        id: String(id),
        status,
        removalReason,
        text: excerptOfHtml(html, textShown),
        createdAt,
      })),
    sanctions: sanctions.filter((sanction) => isTheirs(sanction, person)).map(toSanction),
  }));
}

function isTheirs(one: Author, person: Author): boolean {
  return one.userId === person.userId && one.visitorId === person.visitorId;
}

function toPerson({ published, pending, spam, removed, deleted, visitorId, userId: _, ...person }: PersonRow) {
  return {
    ...person,
    key: personKey({ handle: person.handle, visitorId }),
    counts: { published, pending, spam, removed, deleted },
  };
}

function toSanction({ commentId, userId: _user, visitorId: _visitor, ...sanction }: SanctionRow): SanctionView {
  return { ...sanction, commentId: commentId === null ? null : String(commentId) };
}
