// An article as readers see it.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import type { Heading, SafeHtml } from "@/lib/text/markdown";

export interface PersonLink {
  name: string;
  /** Null for someone who has no page here. */
  handle: string | null;
}

export interface TopicLink {
  slug: string;
  name: string;
}

/** The box under the title. */
export interface ArticleDetails {
  writtenBy: PersonLink[];
  editedBy: PersonLink[];
  suggestedBy: PersonLink[];
  lastModifiedAt: Date;
  publishedAt: Date;
  copyrightHolder: string;
  licence: string;
  revision: number;
}

export interface ArticleView {
  id: number;
  slug: string;
  title: string;
  summary: string;
  html: SafeHtml;
  /** Empty when the article is too short for a table of contents. */
  contents: Heading[];
  words: number;
  topics: TopicLink[];
  details: ArticleDetails;
  /** Updates and corrections, newest first: what changed since it was first published. */
  corrections: { revision: number; class: "UPDATE" | "CORRECTION"; note: string; publishedAt: Date }[];
  /** Links from elsewhere that another site told us of. */
  pingbacks: { title: string; url: string }[];
  related: { slug: string; title: string }[];
}

/** One line of a list of articles. */
export interface ArticleSummary {
  id: number;
  slug: string;
  title: string;
  summary: string;
  writtenBy: PersonLink[];
  topics: TopicLink[];
  publishedAt: Date;
  words: number;
  commentCount: number;
}

/** A list that continues: `older` is the cursor of the next page, null at its end. */
export interface Page<T> {
  items: T[];
  older: string | null;
}

export const slugSchema = z
  .string()
  .max(limits.slug)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

export const handleSchema = z.string().regex(/^[a-z0-9_]{3,30}$/);

/** An article that people are talking about, with the newest thing said. */
export interface LivelyThread {
  slug: string;
  title: string;
  commentCount: number;
  lastCommentAt: Date;
  lastComment: { id: string; authorName: string; excerpt: string };
}

export interface FrontView {
  newest: Page<ArticleSummary>;
  /** Only on the first page of the list. */
  lively: LivelyThread[];
}
