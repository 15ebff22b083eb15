// What an import has brought already, and the writing that only an import does.
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

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

export async function isHandleTaken(db: Transaction, handle: string): Promise<boolean> {
  return (await db.user.findUnique({ where: { handle }, select: { id: true } })) !== null;
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

/** The visitor who stands for one person of an import, whom no browser can claim to be. */
export async function ensureImportedVisitor(
  db: Transaction,
  _permit: ImportPermit,
  person: { importKey: Uint8Array; at: Date },
): Promise<{ id: number }> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO visitors (import_key, created_at, last_seen_at) VALUES (${person.importKey}, ${person.at}, ${person.at})
    ON CONFLICT (import_key) DO UPDATE
    SET created_at = least(visitors.created_at, excluded.created_at),
        last_seen_at = greatest(visitors.last_seen_at, excluded.last_seen_at)
    RETURNING id`;
  const [row] = rows;
  if (!row) throw new Error("A visitor of an import was neither written nor found.");
  return row;
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

export interface ImportedParent {
  id: bigint;
  depth: number;
  rootId: bigint | null;
  status: "PUBLISHED" | "PENDING" | "SPAM" | "REMOVED" | "DELETED";
  /** It has a place in the thread, so replies can hang on it. */
  placed: boolean;
}

/** Comments of an earlier run, for replies that come now. */
export async function findImportedParents(db: Transaction, ids: readonly bigint[]): Promise<ImportedParent[]> {
  const rows = await db.comment.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, depth: true, rootId: true, status: true, place: true },
  });
  return rows.map(({ place, ...row }) => ({ ...row, placed: place !== null }));
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

/** Writes the row of a file whose bytes are kept already. */
export async function insertImportedFile(
  db: Transaction,
  _permit: ImportPermit,
  file: { id: string; bytes: number; width: number; height: number; alt: string; sha256: Uint8Array },
): Promise<void> {
  await db.file.create({
    data: { ...file, sha256: Uint8Array.from(file.sha256), contentType: "image/webp" },
    select: { id: true },
  });
}
