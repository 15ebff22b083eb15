// The articles of generated sites, row by row: each with its revisions, credits, topics and the head of its discussion.
import type { Row } from "@/bench/site/copy";
import { allPublished, type Discussion, mixedFates, planDiscussion, talk } from "@/bench/site/discussion";
import { staff, topicCount } from "@/bench/site/people";
import { type Random, randomOf } from "@/bench/site/random";
import { discussionOf, type SiteSize } from "@/bench/site/size";
import type { ArticleText, Texts } from "@/bench/site/texts";
import { rendererVersion } from "@/lib/text/markdown";

/** Where the ids of a generated site begin in each table. */
export interface FirstIds {
  users: number;
  visitors: number;
  topics: number;
  articles: number;
  threads: number;
  revisions: number;
  comments: number;
}

/** When the newest article was published. Fixed, so that two runs make the same site. */
export const newest = new Date("2026-11-01T12:00:00Z");
/** When the oldest one was, and when everybody joined. */
export const oldest = new Date("2023-11-01T12:00:00Z");

/** What follows from an article's number, from 0, the newest first. */
export interface ArticlePlan {
  n: number;
  publishedAt: Date;
  /** A correction came later, so that there are two revisions. */
  corrected: boolean;
  revisionId: number;
  topics: number[];
  discussion: Discussion;
}

/** One in ten. */
const isCorrected = (n: number) => n % 10 === 7;

const chanceOf = (size: SiteSize, about: number, n: number): Random => randomOf(size.seed, about, n);

/** Of articles without a discussion of a given length, one in ten has nine times as many comments as the other nine together. */
function commentCount(size: SiteSize, n: number): number {
  const given = size.threads[n];
  if (given !== undefined) return given;
  const most = size.comments * (n % 10 === 3 ? 10 : 1.2);
  return Math.round(chanceOf(size, 3, n).next() * most);
}

/** Ids are given out in order, so plans can be made again at any time: nothing is kept between two passes. */
export function* articlePlans(size: SiteSize, first: FirstIds): Generator<ArticlePlan> {
  let revisionId = first.revisions;
  const step = (newest.getTime() - oldest.getTime()) / size.articles;
  for (let n = 0; n < size.articles; n++) {
    const random = chanceOf(size, 4, n);
    const given = n < size.threads.length;
    const corrected = isCorrected(n);
    if (corrected) revisionId += 1;
    const topics = new Set([random.between(0, topicCount - 1), random.between(0, topicCount - 1)]);
    yield {
      n,
      publishedAt: new Date(newest.getTime() - Math.round(n * step)),
      corrected,
      revisionId,
      topics: [...topics],
      discussion: planDiscussion(commentCount(size, n), {
        shape: talk(chanceOf(size, 5, n)),
        fateOf: given ? allPublished : mixedFates(n * 7),
      }),
    };
    revisionId += 1;
  }
}

export function slugOf(size: SiteSize, n: number): string {
  const given = size.threads[n];
  return given === undefined ? `generated-article-${n}` : discussionOf(given);
}

/** Articles as they are before they point at what they publish. */
export function* articleRows(size: SiteSize, first: FirstIds): Generator<Row> {
  for (const { n, publishedAt, corrected } of articlePlans(size, first)) {
    const modified = new Date(publishedAt.getTime() + (corrected ? 3_600_000 : 0));
    yield {
      id: first.articles + n,
      slug: slugOf(size, n),
      created_at: publishedAt,
      first_published_at: publishedAt,
      last_modified_at: modified,
    };
  }
}

export function* threadRows(size: SiteSize, first: FirstIds): Generator<Row> {
  for (const plan of articlePlans(size, first)) {
    const { discussion, n } = plan;
    yield {
      id: first.threads + n,
      article_id: first.articles + n,
      comment_count: discussion.published,
      places: discussion.lastPlace,
      root_places: discussion.lastRootPlace,
      last_comment_at: discussion.lastPlace > 0 ? postedAt(plan, discussion.count - 1) : null,
    };
  }
}

export function* revisionRows(size: SiteSize, first: FirstIds, texts: Texts): Generator<Row> {
  for (const plan of articlePlans(size, first)) {
    const text = texts.article(chanceOf(size, 6, plan.n), size.sections);
    const writer = first.users + (plan.n % size.people);
    const about = { first, plan, writer };
    if (plan.corrected) yield revisionRow(about, text, { number: 1, state: "SUPERSEDED", at: plan.publishedAt });
    const at = plan.corrected ? new Date(plan.publishedAt.getTime() + 3_600_000) : plan.publishedAt;
    yield revisionRow(about, text, { number: plan.corrected ? 2 : 1, state: "PUBLISHED", at });
  }
}

function revisionRow(
  { first, plan, writer }: { first: FirstIds; plan: ArticlePlan; writer: number },
  text: ArticleText,
  revision: { number: number; state: string; at: Date },
): Row {
  const { number, state, at } = revision;
  return {
    id: state === "PUBLISHED" ? plan.revisionId : plan.revisionId - 1,
    article_id: first.articles + plan.n,
    number,
    state,
    title: text.title,
    summary: text.summary,
    // The first text lacks the last letters of the second.
    body: state === "PUBLISHED" ? text.body : text.body.slice(0, -6),
    html: text.html,
    headings: JSON.stringify(text.headings),
    renderer_version: rendererVersion,
    words: text.words,
    copyright_holder: "The writer",
    licence: "CC BY-SA 4.0",
    class: number === 2 ? "CORRECTION" : null,
    note: number === 2 ? "The last sentence was cut off." : "",
    author_id: writer,
    created_at: at,
    submitted_at: at,
    published_at: at,
  };
}

export function* creditRows(size: SiteSize, first: FirstIds): Generator<Row> {
  for (let n = 0; n < size.articles; n++) {
    const article_id = first.articles + n;
    const editor = n % Math.min(staff, size.people);
    yield { article_id, kind: "WRITTEN", position: 1, user_id: first.users + (n % size.people) };
    if (n % 15 === 0)
      yield { article_id, kind: "WRITTEN", position: 2, user_id: first.users + ((n * 7 + 1) % size.people) };
    yield { article_id, kind: "EDITED", position: 1, user_id: first.users + editor };
  }
}

export function* filingRows(size: SiteSize, first: FirstIds): Generator<Row> {
  for (const { n, topics, publishedAt } of articlePlans(size, first)) {
    for (const topic of topics)
      yield { article_id: first.articles + n, topic_id: first.topics + topic, listed_at: publishedAt };
  }
}

/** When comment `n` of a discussion was posted: evenly from the article's publication to its tenth day, the newest within a day. */
export function postedAt({ publishedAt, discussion }: ArticlePlan, n: number): Date {
  const days = Math.min(10 * 86_400_000, Math.max(86_400_000, newest.getTime() - publishedAt.getTime()));
  return new Date(publishedAt.getTime() + 60_000 + Math.round((days * n) / (discussion.count + 1)));
}
