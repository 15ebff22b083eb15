import "server-only";
// Articles and their revisions as the API gives them: each field named, nothing else gets out (R21).
import { z } from "zod";
import type { ArticleSummary, PersonLink, TopicLink } from "@/lib/domain/article";
import { type PublicRevision, type PublicRevisionText, revisionClasses } from "@/lib/domain/revision";
import type { PublishedText } from "@/lib/services/read-revisions";

const time = z.iso.datetime().meta({ example: "2026-11-23T05:00:00.000Z" });
const address = z.url();
const handle = z.string().nullable().meta({ description: "Null for someone who has no page here." });
export const slugJson = z.string().meta({ example: "why-is-the-night-sky-dark" });
export const markdown = z.string().meta({ description: "Markdown.", example: "It is *not* empty." });
export const safeHtml = z
  .string()
  .meta({ description: "Sanitised HTML.", example: "<p>It is <em>not</em> empty.</p>" });

export const personJson = z.object({ name: z.string(), handle }).meta({ id: "Person" });
const topicJson = z.object({ slug: z.string(), name: z.string() }).meta({ id: "Topic" });

export const articleSummaryJson = z
  .object({
    slug: slugJson,
    url: address,
    title: z.string().meta({ example: "Why is the night sky dark?" }),
    summary: z.string(),
    writtenBy: z.array(personJson),
    topics: z.array(topicJson),
    publishedAt: time,
    words: z.number().int(),
    commentCount: z.number().int().meta({ description: "Comments that can be read." }),
  })
  .meta({ id: "ArticleSummary" });

const revisionFields = {
  number: z.number().int().meta({ description: "From 1.", example: 3 }),
  title: z.string(),
  summary: z.string(),
  class: z.enum(revisionClasses).nullable().meta({ description: "What kind of change; null for the first text." }),
  note: z.string().meta({ description: "What changed, for readers." }),
  words: z.number().int(),
  contributors: z.array(personJson).meta({ description: "Who wrote in it, whoever began it first." }),
  publishedAt: time,
  current: z.boolean().meta({ description: "Whether readers see this one now." }),
};
export const revisionSummaryJson = z.object(revisionFields).meta({ id: "RevisionSummary" });
export const revisionJson = z.object({ ...revisionFields, body: markdown, html: safeHtml }).meta({ id: "Revision" });

export const articleJson = z
  .object({
    slug: slugJson,
    url: address,
    title: z.string(),
    summary: z.string(),
    topics: z.array(topicJson),
    details: z.object({
      writtenBy: z.array(personJson),
      editedBy: z.array(personJson),
      suggestedBy: z.array(personJson),
      publishedAt: time,
      lastModifiedAt: time,
      copyrightHolder: z.string(),
      licence: z.string(),
      revision: z.number().int(),
    }),
    corrections: z.array(
      z.object({
        revision: z.number().int(),
        class: z.enum(["UPDATE", "CORRECTION"]),
        note: z.string(),
        publishedAt: time,
      }),
    ),
    commentCount: z.number().int(),
    locked: z.boolean().meta({ description: "Whether nothing new can be posted." }),
    revision: revisionJson,
  })
  .meta({ id: "Article" });

const person = ({ name, handle }: PersonLink) => ({ name, handle });
const topic = ({ slug, name }: TopicLink) => ({ slug, name });
const urlOf = (slug: string, origin: string) => `${origin}/articles/${slug}`;

export function toArticleSummaryJson(article: ArticleSummary, origin: string): z.output<typeof articleSummaryJson> {
  const { slug, title, summary, words, commentCount } = article;
  return {
    slug,
    url: urlOf(slug, origin),
    title,
    summary,
    writtenBy: article.writtenBy.map(person),
    topics: article.topics.map(topic),
    publishedAt: article.publishedAt.toISOString(),
    words,
    commentCount,
  };
}

export function toRevisionSummaryJson(revision: PublicRevision): z.output<typeof revisionSummaryJson> {
  const { number, title, summary, note, words, current, publishedAt } = revision;
  return {
    number,
    title,
    summary,
    class: revision.class,
    note,
    words,
    contributors: revision.contributors.map(person),
    publishedAt: publishedAt.toISOString(),
    current,
  };
}

export function toRevisionJson(revision: PublicRevisionText): z.output<typeof revisionJson> {
  return { ...toRevisionSummaryJson(revision), body: revision.body, html: revision.html };
}

export function toArticleJson(article: PublishedText, origin: string): z.output<typeof articleJson> {
  const { slug, details, revision, commentCount, locked } = article;
  return {
    slug,
    url: urlOf(slug, origin),
    title: revision.title,
    summary: revision.summary,
    topics: article.topics.map(topic),
    details: {
      writtenBy: details.writtenBy.map(person),
      editedBy: details.editedBy.map(person),
      suggestedBy: details.suggestedBy.map(person),
      publishedAt: details.publishedAt.toISOString(),
      lastModifiedAt: details.lastModifiedAt.toISOString(),
      copyrightHolder: details.copyrightHolder,
      licence: details.licence,
      revision: details.revision,
    },
    corrections: article.corrections.map((correction) => ({
      revision: correction.revision,
      class: correction.class,
      note: correction.note,
      publishedAt: correction.publishedAt.toISOString(),
    })),
    commentCount,
    locked,
    revision: toRevisionJson(revision),
  };
}
