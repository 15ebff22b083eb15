// What an import has brought already, and the writing that only an import does.
import { DomainError } from "@/lib/domain/errors";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import type { ParentRow } from "@/lib/store/comments";

type ImportPermit = Permit<"site.import">;

export interface ImportedKey {
  /** Where it comes from: the old site's address. */
  source: string;
  kind: "author" | "article" | "comment" | "pingback";
  externalId: string;
}

/** Claims a thing for this import. False when it was brought before; a simultaneous claim waits for this transaction. */
export async function claimImport(db: Transaction, _permit: ImportPermit, key: ImportedKey): Promise<boolean> {
  const claimed = await db.$executeRaw`
    INSERT INTO imported_items (source, kind, external_id) VALUES (${key.source}, ${key.kind}, ${key.externalId})
    ON CONFLICT DO NOTHING`;
  return claimed === 1;
}

/** Notes which row a claimed thing became. */
export async function noteImported(
  db: Transaction,
  _permit: ImportPermit,
  note: ImportedKey & { localId: number | bigint },
): Promise<void> {
  await db.$executeRaw`
    UPDATE imported_items SET local_id = ${BigInt(note.localId)}
    WHERE source = ${note.source} AND kind = ${note.kind} AND external_id = ${note.externalId}`;
}

/** The rows that things of an earlier run became, by their ids over there; null for one that became none. */
export async function findImported(
  db: Transaction,
  source: string,
  wish: { kind: ImportedKey["kind"]; externalIds: readonly string[] },
): Promise<Map<string, bigint | null>> {
  const rows = await db.importedItem.findMany({
    where: { source, kind: wish.kind, externalId: { in: [...wish.externalIds] } },
    select: { externalId: true, localId: true },
  });
  return new Map(rows.map((row) => [row.externalId, row.localId]));
}

/** Whether an address of an article is taken, now or by an article that had it once. */
export async function isSlugTaken(db: Transaction, slug: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ taken: boolean }[]>`
    SELECT EXISTS (SELECT FROM articles WHERE slug = ${slug}) OR EXISTS (SELECT FROM slug_redirects WHERE slug = ${slug}) AS taken`;
  return rows[0]?.taken === true;
}

export interface ImportedArticle {
  id: number;
  slug: string;
  threadId: number;
  published: boolean;
}

/** An article of an earlier run. */
export async function findArticleById(db: Transaction, id: bigint): Promise<ImportedArticle | null> {
  const row = await db.article.findUnique({
    where: { id: Number(id) },
    select: { id: true, slug: true, publishedRevisionId: true, thread: { select: { id: true } } },
  });
  if (!row?.thread) return null;
  return { id: row.id, slug: row.slug, threadId: row.thread.id, published: row.publishedRevisionId !== null };
}

/** Files an article that nobody can see yet under topics, which do not count it until it is published. */
export async function fileUnpublished(
  db: Transaction,
  _permit: ImportPermit,
  filing: { articleId: number; topicIds: readonly number[] },
): Promise<void> {
  const { articleId } = filing;
  await db.articleTopic.createMany({ data: [...new Set(filing.topicIds)].map((topicId) => ({ articleId, topicId })) });
}

/** Closes a discussion, as it was closed over there. */
export async function lockImportedThread(db: Transaction, _permit: ImportPermit, threadId: number): Promise<void> {
  await db.thread.update({ where: { id: threadId }, data: { state: "LOCKED" }, select: { id: true } });
}

/** One person of an import: a keyed hash of what is known of them, in hex, and when they first and last wrote. */
export interface ImportedPerson {
  key: string;
  first: Date;
  last: Date;
}

/** The visitors who stand for people of an import, whom no browser can claim to be: ids by key. */
export async function ensureImportedVisitors(
  db: Transaction,
  _permit: ImportPermit,
  people: readonly ImportedPerson[],
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: number; key: string }[]>`
    INSERT INTO visitors (import_key, created_at, last_seen_at)
    SELECT decode(key, 'hex'), first, last
    FROM unnest(${people.map(({ key }) => key)}::text[], ${people.map(({ first }) => first)}::timestamptz[],
                ${people.map(({ last }) => last)}::timestamptz[]) AS person (key, first, last)
    ON CONFLICT (import_key) DO UPDATE
    SET created_at = least(visitors.created_at, excluded.created_at),
        last_seen_at = greatest(visitors.last_seen_at, excluded.last_seen_at)
    RETURNING id, encode(import_key, 'hex') AS key`;
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Writes another site's notice; one notice for each address. Answers its id, or null when the article has it already. */
export async function insertPingback(
  db: Transaction,
  _permit: ImportPermit,
  pingback: { articleId: number; title: string; url: string; createdAt: Date },
): Promise<number | null> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO pingbacks (article_id, title, url, created_at)
    VALUES (${pingback.articleId}, ${pingback.title}, ${pingback.url}, ${pingback.createdAt})
    ON CONFLICT DO NOTHING RETURNING id`;
  return rows[0]?.id ?? null;
}

/** Comments of an earlier run that replies can hang on: those with a place in the thread. */
export async function findImportedParents(db: Transaction, ids: readonly bigint[]): Promise<ParentRow[]> {
  return db.comment.findMany({
    where: { id: { in: [...ids] }, place: { not: null } },
    select: { id: true, depth: true, rootId: true, status: true },
  });
}

export interface ImportedComment {
  externalId: string;
  /** The comment above: written before, or the place of one in this very list, before this one. */
  parent: ParentRow | number | null;
  status: "PUBLISHED" | "PENDING";
  userId: number | null;
  visitorId: number | null;
  authorName: string;
  nameChosen: boolean;
  body: string;
  html: string;
  rendererVersion: number;
  bodyHash: Uint8Array;
  createdAt: Date;
}

/**
 * Writes many comments of one thread at once, in the order in which they take their places, and keeps all counts and the record
 * of the import. The thread is locked until the transaction ends.
 * @returns for each the row that replies can hang on
 */
export async function insertImportedComments(
  db: Transaction,
  _permit: ImportPermit,
  batch: { source: string; threadId: number; comments: readonly ImportedComment[] },
): Promise<ParentRow[]> {
  const { source, threadId, comments } = batch;
  const [thread] = await db.$queryRaw<{ places: number; rootPlaces: number }[]>`
    SELECT places, root_places AS "rootPlaces" FROM threads WHERE id = ${threadId} FOR NO KEY UPDATE`;
  if (!thread) throw new DomainError("not_found");
  const ids = await db.$queryRaw<{ id: bigint }[]>`
    SELECT nextval(pg_get_serial_sequence('comments', 'id')) AS id FROM generate_series(1, ${comments.length}::int)`;
  let { places, rootPlaces } = thread;
  const replies = new Map<bigint, number>();
  const written: ParentRow[] = [];
  const rows = comments.map(({ externalId: _, parent: above, bodyHash, ...comment }, index) => {
    const parent = typeof above === "number" ? (written[above] ?? null) : above;
    const id = ids[index]?.id ?? 0n;
    const published = comment.status === "PUBLISHED";
    if (published) places += 1;
    if (published && !parent) rootPlaces += 1;
    if (published && parent) replies.set(parent.id, (replies.get(parent.id) ?? 0) + 1);
    const rootId = parent ? (parent.rootId ?? parent.id) : null;
    const row = { id, depth: parent ? parent.depth + 1 : 0, rootId, status: comment.status };
    written.push(row);
    const place = published ? places : null;
    const rootPlace = published && !parent ? rootPlaces : null;
    return {
      ...comment,
      ...row,
      threadId,
      parentId: parent?.id ?? null,
      place,
      rootPlace,
      bodyHash: Uint8Array.from(bodyHash),
    };
  });
  await db.comment.createMany({ data: rows });
  await db.importedItem.createMany({
    data: comments.map(({ externalId }, index) => ({
      source,
      kind: "comment",
      externalId,
      localId: rows[index]?.id ?? null,
    })),
  });
  const published = rows.filter((row) => row.status === "PUBLISHED");
  const last = published.reduce<Date | null>(
    (latest, { createdAt }) => (latest && latest > createdAt ? latest : createdAt),
    null,
  );
  await db.$executeRaw`
    UPDATE threads SET places = ${places}, root_places = ${rootPlaces}, comment_count = comment_count + ${published.length},
           last_comment_at = greatest(last_comment_at, ${last}::timestamptz) WHERE id = ${threadId}`;
  if (replies.size > 0) {
    await db.$executeRaw`
      UPDATE comments SET reply_count = reply_count + counted.count
      FROM unnest(${[...replies.keys()]}::bigint[], ${[...replies.values()]}::int[]) AS counted (id, count)
      WHERE comments.id = counted.id`;
  }
  return written;
}

export interface FileRow {
  id: string;
  width: number | null;
  height: number | null;
}

/** A kept file that was made of these very bytes. */
export async function findFileOf(db: Transaction, sha256: Uint8Array): Promise<FileRow | null> {
  return db.file.findFirst({
    where: { sha256: Uint8Array.from(sha256) },
    select: { id: true, width: true, height: true },
    orderBy: { createdAt: "asc" },
  });
}
