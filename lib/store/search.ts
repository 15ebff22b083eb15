// Finding articles and comments by their words. Triggers keep the words of all that can be read (prisma/schema/search.prisma); here they
// are asked for. Only the newest texts with the words, and articles with such a title, are looked at, so that a word which everybody uses costs
// no more than a rare one.
import { limits } from "@/lib/domain/limits";
import type { SearchOrder } from "@/lib/domain/search";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";
import { asWritten } from "@/lib/text/plain-letters";
import { marks, withoutMarks } from "@/lib/text/snippet";

/** No search may take longer, in milliseconds (R83). */
const patience = 1_000;

/** Characters of a text in which what was asked for is looked up for the snippet; the beginning says what the rest is about. */
const quoted = 20_000;

/** What parts words of languages without spaces, in the database's words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this one is what `words_apart` puts between them
const parting = /\x1f/g;

export interface ParsedSearch {
  /** As Postgres says it; null when no word is left that a search could tell texts by. */
  query: string | null;
  /** What was written before there was a search is still being read. */
  filling: boolean;
}

/** Understands what was asked for: words, "a phrase", or, -not. Bounds what the rest of this transaction may cost. */
export async function parseSearch(tx: Transaction, asked: string): Promise<ParsedSearch> {
  await tx.$queryRaw`SELECT set_config('statement_timeout', ${String(patience)}, true)`;
  const [parsed] = await tx.$queryRaw<{ query: string; nodes: number; filling: boolean }[]>`
    SELECT query::text, numnode(query) AS nodes, EXISTS (SELECT FROM search_fillings WHERE kind IN ('articles', 'comments')) AS filling
    FROM websearch_to_tsquery('colloquy', words_apart(${asked})) AS query`;
  return { query: parsed && parsed.nodes > 0 ? parsed.query : null, filling: parsed?.filling ?? false };
}

interface Wish {
  query: string;
  sort: SearchOrder;
  limit: number;
  offset: number;
}

interface Page<T> {
  rows: T[];
  count: number;
  capped: boolean;
}

interface Counted {
  total: number;
  capped: boolean;
}

function pageOf<T extends Counted>(rows: T[]): Page<T> {
  return { rows, count: rows[0]?.total ?? 0, capped: rows[0]?.capped ?? false };
}

const order = (sort: SearchOrder) =>
  sort === "newest" ? Prisma.sql`at DESC, id DESC` : Prisma.sql`rank DESC, id DESC`;

/** Published articles with these words; a word in the title weighs most. */
export async function findArticles(tx: Transaction, wish: Wish): Promise<Page<{ id: number; html: string }>> {
  return pageOf(
    await tx.$queryRaw<({ id: number; html: string } & Counted)[]>`
      WITH newest AS MATERIALIZED (
        SELECT article_id AS id, words FROM article_words WHERE words @@ ${wish.query}::tsquery
        ORDER BY article_id DESC LIMIT ${limits.searched}),
      titled AS MATERIALIZED (
        SELECT article_id AS id FROM article_titles WHERE words @@ ${wish.query}::tsquery
        ORDER BY article_id DESC LIMIT ${wish.sort === "best" ? limits.searchedTitles : 0}),
      candidates AS (
        SELECT id, words FROM newest
        UNION ALL SELECT id, words FROM titled JOIN article_words ON article_id = id
        WHERE words @@ ${wish.query}::tsquery AND id NOT IN (SELECT id FROM newest)),
      page AS (
        SELECT n.id, a.published_revision_id, a.first_published_at AS at, ts_rank_cd(n.words, ${wish.query}::tsquery, 1) AS rank,
               (count(*) OVER ())::int AS total
        FROM candidates n JOIN articles a ON a.id = n.id AND a.published_revision_id IS NOT NULL
        ORDER BY ${order(wish.sort)} LIMIT ${wish.limit} OFFSET ${wish.offset})
      SELECT p.id, left(r.html, ${quoted}) AS html, p.total,
             (SELECT count(*) >= ${limits.searched} FROM newest) AS capped
      FROM page p JOIN revisions r ON r.id = p.published_revision_id
      ORDER BY ${order(wish.sort)}`,
  );
}

export interface FoundCommentRow {
  id: bigint;
  authorName: string;
  createdAt: Date;
  html: string;
  slug: string;
  title: string;
}

/** Comments with these words that everybody can read. */
export async function findComments(tx: Transaction, wish: Wish): Promise<Page<FoundCommentRow>> {
  return pageOf(
    await tx.$queryRaw<(FoundCommentRow & Counted)[]>`
      WITH candidates AS MATERIALIZED (
        SELECT comment_id AS id, words FROM comment_words WHERE words @@ ${wish.query}::tsquery
        ORDER BY comment_id DESC LIMIT ${limits.searched}),
      page AS (
        SELECT n.id, c.thread_id, c.created_at AS at, ts_rank_cd(n.words, ${wish.query}::tsquery, 1) AS rank,
               (count(*) OVER ())::int AS total
        FROM candidates n
        JOIN comments c ON c.id = n.id AND c.status = 'PUBLISHED' AND c.place IS NOT NULL
        JOIN threads t ON t.id = c.thread_id
        JOIN articles a ON a.id = t.article_id AND a.published_revision_id IS NOT NULL
        ORDER BY ${order(wish.sort)} LIMIT ${wish.limit} OFFSET ${wish.offset})
      SELECT p.id, c.author_name AS "authorName", c.created_at AS "createdAt", left(c.html, ${quoted}) AS html,
             a.slug, r.title, p.total, (SELECT count(*) >= ${limits.searched} FROM candidates) AS capped
      FROM page p
      JOIN comments c ON c.id = p.id
      JOIN threads t ON t.id = p.thread_id
      JOIN articles a ON a.id = t.article_id
      JOIN revisions r ON r.id = a.published_revision_id
      ORDER BY ${order(wish.sort)}`,
  );
}

/** Each text as it was written, with `marks` around the words that were asked for. */
export async function markWords(tx: Transaction, query: string, texts: readonly string[]): Promise<string[]> {
  if (texts.length === 0) return [];
  const written = texts.map(withoutMarks);
  const rows = await tx.$queryRaw<{ marked: string }[]>`
    SELECT ts_headline('colloquy', words_apart(text), ${query}::tsquery,
             ${`HighlightAll=true,StartSel=${marks.open},StopSel=${marks.close}`}) AS marked
    FROM unnest(${written}::text[]) WITH ORDINALITY AS t (text, nth)
    ORDER BY nth`;
  return rows.map(({ marked }, nth) => asWritten(written[nth] ?? "", marked.replace(parting, "")));
}

const ofArticles = (into: Prisma.Sql, words: Prisma.Sql) => (next: bigint, count: number) =>
  Prisma.sql`
  WITH piece AS (SELECT id, published_revision_id FROM articles WHERE id <= ${next} ORDER BY id DESC LIMIT ${count}),
  kept AS (
    INSERT INTO ${into} (article_id, words)
    SELECT id, ${words}(published_revision_id) FROM piece WHERE published_revision_id IS NOT NULL
    ON CONFLICT DO NOTHING)
  SELECT min(id)::bigint AS last FROM piece`;

/**
 * Words that were kept before marks were left out of them are kept anew, where the text has any. Who changes the text at the same moment has
 * changed its words too; then theirs stay, since words are replaced only while they are those that were read together with the text.
 */
const plainOfArticles = (into: Prisma.Sql, words: Prisma.Sql, text: Prisma.Sql) => (next: bigint, count: number) =>
  Prisma.sql`
  WITH piece AS (SELECT id, published_revision_id FROM articles WHERE id <= ${next} ORDER BY id DESC LIMIT ${count}),
  marked AS MATERIALIZED (
    SELECT piece.id, kept.words AS before, ${words}(published_revision_id) AS now
    FROM piece JOIN revisions r ON r.id = published_revision_id JOIN ${into} kept ON kept.article_id = piece.id
    WHERE plain_letters(${text}) <> ${text}),
  changed AS (
    UPDATE ${into} kept SET words = now FROM marked WHERE kept.article_id = marked.id AND kept.words = before)
  SELECT min(id)::bigint AS last FROM piece`;

/** Keeps the words of the next `count` texts from `next` down, and answers with the last one read. */
const pieceOf = {
  articles: ofArticles(Prisma.sql`article_words`, Prisma.sql`article_search_words`),
  titles: ofArticles(Prisma.sql`article_titles`, Prisma.sql`article_title_words`),
  comments: (next: bigint, count: number) => Prisma.sql`
    WITH piece AS (SELECT id, status, body FROM comments WHERE id <= ${next} ORDER BY id DESC LIMIT ${count}),
    kept AS (
      INSERT INTO comment_words (comment_id, words)
      SELECT id, search_words(body) FROM piece WHERE status = 'PUBLISHED'
      ON CONFLICT DO NOTHING)
    SELECT min(id) AS last FROM piece`,
  plain_articles: plainOfArticles(
    Prisma.sql`article_words`,
    Prisma.sql`article_search_words`,
    Prisma.sql`concat_ws(' ', r.title, r.summary, r.body)`,
  ),
  plain_titles: plainOfArticles(Prisma.sql`article_titles`, Prisma.sql`article_title_words`, Prisma.sql`r.title`),
  plain_comments: (next: bigint, count: number) => Prisma.sql`
    WITH piece AS (SELECT id, body FROM comments WHERE id <= ${next} ORDER BY id DESC LIMIT ${count}),
    marked AS MATERIALIZED (
      SELECT id, kept.words AS before, search_words(body) AS now
      FROM piece JOIN comment_words kept ON comment_id = id WHERE plain_letters(body) <> body),
    changed AS (
      UPDATE comment_words kept SET words = now FROM marked WHERE comment_id = id AND kept.words = before)
    SELECT min(id) AS last FROM piece`,
};

export type FilledKind = keyof typeof pieceOf;

/**
 * Reads a few of the texts that were there before there was a search, or before it was one without marks; the newest first.
 * @returns whether more are left
 */
export async function fillSearch(tx: Transaction, kind: FilledKind, count: number): Promise<boolean> {
  const [filling] = await tx.$queryRaw<{ next: bigint }[]>`
    SELECT next FROM search_fillings WHERE kind = ${kind} FOR UPDATE`;
  if (!filling) return false;
  const [read] = await tx.$queryRaw<{ last: bigint | null }[]>(pieceOf[kind](filling.next, count));
  if (read?.last == null) {
    await tx.$executeRaw`DELETE FROM search_fillings WHERE kind = ${kind}`;
    return false;
  }
  await tx.$executeRaw`UPDATE search_fillings SET next = ${read.last - 1n} WHERE kind = ${kind}`;
  return true;
}
