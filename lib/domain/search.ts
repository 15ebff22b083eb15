// Searching: what one can ask for, and what is found.
import { z } from "zod";
import type { ArticleSummary } from "@/lib/domain/article";
import { limits } from "@/lib/domain/limits";
import { normalizeQuestion } from "@/lib/text/normalize";
import type { SnippetPart } from "@/lib/text/snippet";

export const searchKinds = ["all", "articles", "comments"] as const;

export const searchOrders = ["best", "newest"] as const;
export type SearchOrder = (typeof searchOrders)[number];

export interface FoundArticle extends ArticleSummary {
  titleParts: SnippetPart[];
  snippet: SnippetPart[];
}

export interface FoundComment {
  id: string;
  authorName: string;
  createdAt: Date;
  article: { slug: string; title: string };
  snippet: SnippetPart[];
}

/** One page of what was found of one kind. */
export interface Found<T> {
  items: T[];
  /** Of those that were looked at; see `limits.searched`. */
  count: number;
  /** There are more than were looked at: the newest were, and articles with such a title. */
  capped: boolean;
}

export interface SearchResult {
  /** Null when the other kind alone was asked for. */
  articles: Found<FoundArticle> | null;
  comments: Found<FoundComment> | null;
  /** Only words that every text has, or none at all. */
  empty: boolean;
  /** What was written before there was a search is still being read for it. */
  filling: boolean;
}

/** As it stands in an address: whatever makes no sense there is left out; the question is shortened to what is searched. */
export const searchQuery = z.object({
  q: z
    .string()
    .catch("")
    .transform((text) => [...normalizeQuestion(text)].slice(0, limits.searchQuery).join("").trim()),
  in: z.enum(searchKinds).catch("all"),
  sort: z.enum(searchOrders).catch("best"),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max((limits.searched + limits.searchedTitles) / limits.foundPerPage)
    .catch(1),
});

export type SearchQuery = z.infer<typeof searchQuery>;
