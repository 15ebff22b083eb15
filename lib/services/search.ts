// Searching in what everybody can read.

import { limits } from "@/lib/domain/limits";
import type { Found, FoundArticle, FoundComment, SearchQuery, SearchResult } from "@/lib/domain/search";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { listThese } from "@/lib/store/articles";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { consume } from "@/lib/store/rate-limits";
import { type FilledKind, fillSearch, findArticles, findComments, markWords, parseSearch } from "@/lib/store/search";
import { excerptOfHtml } from "@/lib/text/excerpt";
import { snippetOf } from "@/lib/text/snippet";

/** Texts of each kind that are read for the search in one go: part of a second. */
const filledAtOnce: Record<FilledKind, number> = {
  ...{ articles: 50, titles: 2_000, comments: 500 },
  ...{ plain_articles: 50, plain_titles: 2_000, plain_comments: 500 },
};

/** What is there at all first: a version before this one may still be keeping words with marks in them when that begins. */
const filledInOrder = ["titles", "articles", "comments", "plain_titles", "plain_articles", "plain_comments"] as const;

/** Three lines on a wide page. */
const snippetLength = 260;

/** All of a text that was cut to what is looked at. */
const wholeText = Number.MAX_SAFE_INTEGER;

interface Wish {
  query: string;
  sort: SearchQuery["sort"];
  limit: number;
  offset: number;
}

/**
 * What has the words that were asked for: articles, comments, or the best of both.
 * @throws DomainError `rate_limited` with the seconds to wait, `unavailable` when it takes too long or the database is away
 */
export async function search(ctx: Context, asked: SearchQuery): Promise<SearchResult> {
  await consume(database(), await allowancesFor(ctx, "search"), "search.too_often");
  const both = asked.in === "all";
  const limit = both ? limits.foundAtFirst : limits.foundPerPage;
  const offset = both ? 0 : (asked.page - 1) * limit;
  return inTransaction(async (tx) => {
    // Quotation marks as they are set in print are meant as those on the keyboard.
    const { query, filling } = await parseSearch(tx, asked.q.replace(/[“”„‟«»＂]/g, '"'));
    if (query === null) return { articles: null, comments: null, empty: true, filling };
    const wish = { query, sort: asked.sort, limit, offset };
    const articles = asked.in === "comments" ? null : await articlesWith(tx, wish);
    const comments = asked.in === "articles" ? null : await commentsWith(tx, wish);
    return { articles, comments, empty: false, filling };
  });
}

async function articlesWith(tx: Transaction, wish: Wish): Promise<Found<FoundArticle>> {
  const { rows, count, capped } = await findArticles(tx, wish);
  const summaries = new Map(
    (
      await listThese(
        tx,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  const shown = rows.flatMap(({ id, html }) => {
    const summary = summaries.get(id);
    return summary ? [{ summary, html }] : [];
  });
  const marked = await markWords(tx, wish.query, [
    ...shown.map(({ summary }) => summary.title),
    ...shown.map(({ html }) => excerptOfHtml(html, wholeText)),
  ]);
  const items = shown.map(({ summary }, nth) => ({
    ...summary,
    titleParts: snippetOf(marked[nth] ?? ""),
    snippet: snippetOf(marked[shown.length + nth] ?? "", snippetLength),
  }));
  return { items, count, capped };
}

async function commentsWith(tx: Transaction, wish: Wish): Promise<Found<FoundComment>> {
  const { rows, count, capped } = await findComments(tx, wish);
  const texts = rows.map(({ html }) => excerptOfHtml(html, wholeText));
  const marked = await markWords(tx, wish.query, texts);
  const items = rows.map(({ id, authorName, createdAt, slug, title }, nth) => ({
    id: String(id),
    authorName,
    createdAt,
    article: { slug, title },
    snippet: snippetOf(marked[nth] ?? "", snippetLength),
  }));
  return { items, count, capped };
}

/** Reads what was written before there was a search, or before it left marks out, in small pieces, so that nobody waits for it. Can be broken off and taken up again. */
export async function fillWholeSearch(stopped: () => boolean = () => false): Promise<void> {
  for (const kind of filledInOrder) {
    const more = () => inTransaction((tx) => fillSearch(tx, kind, filledAtOnce[kind]));
    while (!stopped() && (await more()));
  }
}
