import "server-only";
// The calls that read articles.
import { z } from "zod";
import { slugSchema } from "@/lib/domain/article";
import { limits } from "@/lib/domain/limits";
import {
  articleJson,
  articleSummaryJson,
  revisionJson,
  revisionSummaryJson,
  slugJson,
} from "@/lib/web/contract/article-json";
import { operation } from "@/lib/web/contract/operation";

/** Of the path of everything that belongs to an article. */
export const articleParams = z.object({ slug: slugSchema.meta({ example: "why-is-the-night-sky-dark" }) });
export const nothing = z.object({});

const wrong = { message: "field.wrong" };

/** How many items, as text: 1 to 50. */
export const pageSize = z
  .string()
  .regex(/^[1-9][0-9]?$/, wrong)
  .transform(Number)
  .refine((size) => size <= limits.apiPageSize, wrong)
  .default(limits.articlesPerPage)
  .meta({
    type: "integer",
    minimum: 1,
    maximum: limits.apiPageSize,
    pattern: undefined,
    description: "How many.",
    example: 20,
  });

/** A whole number that is a cursor: of places in a thread, or of revisions. */
export const numberCursor = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/, wrong)
  .transform(Number)
  .optional()
  .meta({ description: "The `nextCursor` of the page before.", example: "20" });

/** How a page of a list ends. */
export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: "Send it as `cursor` to go on; null at the end.", example: "1795410000000.12" });

export const listArticlesOperation = operation({
  id: "listArticles",
  method: "get",
  path: "/api/v1/articles",
  summary: "Published articles, newest first",
  audience: "everybody",
  params: nothing,
  input: z.object({
    topic: slugSchema.optional().meta({ description: "Only those filed under this topic.", example: "astronomy" }),
    cursor: z
      .string()
      .regex(/^\d{1,14}\.\d{1,9}$/, wrong)
      .optional()
      .meta({ description: "The `nextCursor` of the page before.", example: "1795410000000.12" }),
    limit: pageSize,
  }),
  sent: nothing,
  answer: {
    status: 200,
    description: "A page of articles.",
    schema: z.object({ items: z.array(articleSummaryJson), nextCursor }).meta({ id: "ArticleList" }),
  },
  refusals: [404, 422],
});

export const readArticleOperation = operation({
  id: "readArticle",
  method: "get",
  path: "/api/v1/articles/{slug}",
  summary: "An article with its published revision",
  audience: "everybody",
  params: articleParams,
  input: nothing,
  sent: nothing,
  answer: { status: 200, description: "The article.", schema: articleJson },
  refusals: [308, 404],
});

export const listRevisionsOperation = operation({
  id: "listRevisions",
  method: "get",
  path: "/api/v1/articles/{slug}/revisions",
  summary: "The published texts of an article, newest first",
  audience: "everybody",
  params: articleParams,
  input: z.object({ cursor: numberCursor, limit: pageSize }),
  sent: nothing,
  answer: {
    status: 200,
    description: "A page of revisions.",
    schema: z
      .object({ article: slugJson, items: z.array(revisionSummaryJson), nextCursor })
      .meta({ id: "RevisionList" }),
  },
  refusals: [308, 404, 422],
});

export const readRevisionOperation = operation({
  id: "readRevision",
  method: "get",
  path: "/api/v1/articles/{slug}/revisions/{number}",
  summary: "One published text of an article",
  audience: "everybody",
  params: articleParams.extend({
    number: z
      .string()
      .regex(/^[1-9][0-9]{0,8}$/)
      .transform(Number)
      .meta({ example: "1" }),
  }),
  input: nothing,
  sent: nothing,
  answer: { status: 200, description: "The revision.", schema: revisionJson },
  refusals: [308, 404],
});
