// Members, as others may know them.
import type { PersonComment } from "@/lib/domain/person";
import type { Transaction } from "@/lib/store/client";
import type { SafeHtml } from "@/lib/text/markdown";

export interface UserRow {
  id: number;
  handle: string;
  displayName: string;
  bioHtml: SafeHtml;
  createdAt: Date;
}

/** The member with this handle; null when there is none, or they have left. */
export async function findPerson(db: Transaction, handle: string): Promise<UserRow | null> {
  const row = await db.user.findFirst({
    where: { handle, deletedAt: null },
    select: { id: true, handle: true, displayName: true, bioHtml: true, createdAt: true },
  });
  return row && { ...row, bioHtml: row.bioHtml as SafeHtml };
}

/** The ids of the members with these handles. */
export async function findMembers(db: Transaction, handles: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.user.findMany({
    where: { handle: { in: [...handles] }, deletedAt: null },
    select: { id: true, handle: true },
  });
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}

/** Whether a member's name or handle looks like this folded name. */
export async function isMembersName(db: Transaction, nameKey: string): Promise<boolean> {
  const row = await db.user.findFirst({
    where: { OR: [{ nameKey }, { handleKey: nameKey }], deletedAt: null },
    select: { id: true },
  });
  return row !== null;
}

interface PersonCommentRow {
  id: bigint;
  html: string;
  createdAt: Date;
  slug: string;
  title: string;
}

/** A member's newest comments that can be read, on articles that can be read. */
export async function newestCommentsOf(db: Transaction, userId: number, limit: number): Promise<PersonComment[]> {
  const rows = await db.$queryRaw<PersonCommentRow[]>`
    SELECT c.id, c.html, c.created_at AS "createdAt", a.slug, r.title
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    WHERE c.user_id = ${userId} AND c.status = 'PUBLISHED'
    ORDER BY c.created_at DESC LIMIT ${limit}`;
  return rows.map(({ id, html, createdAt, slug, title }) => ({
    id: String(id),
    html: html as SafeHtml,
    createdAt,
    article: { slug, title },
  }));
}
