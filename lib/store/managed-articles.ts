// An article as those who manage it see it: every revision whatever became of it, and who is named.
import type { PersonLink } from "@/lib/domain/article";
import type { RevisionState } from "@/lib/domain/article-workflow";
import type { RevisionClass } from "@/lib/domain/revision";
import type { Transaction } from "@/lib/store/client";

export interface ManagedRevision {
  id: number;
  number: number;
  state: RevisionState;
  title: string;
  class: RevisionClass | null;
  note: string;
  author: PersonLink | null;
  createdAt: Date;
  publishedAt: Date | null;
  scheduledFor: Date | null;
}

export interface ManagedArticle {
  id: number;
  slug: string;
  publishedRevisionId: number | null;
  creditsSet: boolean;
  /** Newest first. */
  revisions: ManagedRevision[];
  /** Members by handle, others by name, in order. */
  credits: (PersonLink & { kind: "WRITTEN" | "EDITED" | "SUGGESTED" })[];
}

const person = { select: { displayName: true, handle: true, deletedAt: true } } as const;

const handleOf = (user: { handle: string; deletedAt: Date | null }) => (user.deletedAt === null ? user.handle : null);

/** The article with its newest revisions; null when there is none. */
export async function findManaged(
  db: Transaction,
  wish: { articleId: number; revisions: number },
): Promise<ManagedArticle | null> {
  const row = await db.article.findUnique({
    where: { id: wish.articleId },
    select: {
      ...{ id: true, slug: true, publishedRevisionId: true, creditsSet: true },
      revisions: {
        select: {
          ...{ id: true, number: true, state: true, title: true, class: true, note: true, createdAt: true },
          ...{ publishedAt: true, scheduledFor: true, author: person },
        },
        orderBy: { number: "desc" },
        take: wish.revisions,
      },
      credits: { select: { kind: true, name: true, user: person }, orderBy: [{ kind: "asc" }, { position: "asc" }] },
    },
  });
  if (!row) return null;
  return {
    ...row,
    revisions: row.revisions.map(({ author, ...revision }) => ({
      ...revision,
      author: author && { name: author.displayName, handle: handleOf(author) },
    })),
    credits: row.credits.map(({ kind, name, user }) => ({
      kind,
      name: name ?? user?.displayName ?? "",
      handle: user && handleOf(user),
    })),
  };
}
