// What the sitemap lists, in parts by ranges of ids: a part stays the same for ever, and finding one costs what it holds.
import type { Transaction } from "@/lib/store/client";

export const listedKinds = ["articles", "topics", "people"] as const;
export type ListedKind = (typeof listedKinds)[number];

/** Ids in one part, counted from 0: part 0 holds 0 to 9,999. A sitemap may list 50,000 addresses; this keeps a file near 1 MB. */
export const idsInPart = 10_000;

export interface ListedAddress {
  /** Slug or handle. */
  name: string;
  /** Null when nobody keeps track of it. */
  modifiedAt: Date | null;
}

/** The addresses of one part, by id. */
export function listedPart(db: Transaction, kind: ListedKind, part: number): Promise<ListedAddress[]> {
  const first = part * idsInPart;
  const last = first + idsInPart - 1;
  switch (kind) {
    case "articles":
      return db.$queryRaw<ListedAddress[]>`
        SELECT slug AS name, last_modified_at AS "modifiedAt" FROM articles
        WHERE id BETWEEN ${first} AND ${last} AND published_revision_id IS NOT NULL ORDER BY id`;
    case "topics":
      return db.$queryRaw<ListedAddress[]>`
        SELECT slug AS name, NULL::timestamptz AS "modifiedAt" FROM topics
        WHERE id BETWEEN ${first} AND ${last} AND article_count > 0 ORDER BY id`;
    case "people":
      return db.$queryRaw<ListedAddress[]>`
        SELECT handle AS name, NULL::timestamptz AS "modifiedAt" FROM users u
        WHERE id BETWEEN ${first} AND ${last} AND deleted_at IS NULL
          AND EXISTS (SELECT 1 FROM credits c JOIN articles a ON a.id = c.article_id
                      WHERE c.user_id = u.id AND a.published_revision_id IS NOT NULL)
        ORDER BY id`;
  }
}

/** Which part the newest row of each kind is in. */
export async function lastParts(db: Transaction): Promise<Record<ListedKind, number>> {
  const rows = await db.$queryRaw<Record<ListedKind, number>[]>`
    SELECT coalesce((SELECT max(id) FROM articles), 0) / ${idsInPart}::int AS articles,
           coalesce((SELECT max(id) FROM topics), 0) / ${idsInPart}::int AS topics,
           coalesce((SELECT max(id) FROM users), 0) / ${idsInPart}::int AS people`;
  return rows[0] ?? { articles: 0, topics: 0, people: 0 };
}
