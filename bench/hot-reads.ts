// What readers ask for, on a generated site: each as its service asks the database.
import { handleOf } from "@/bench/site/people";
import { discussionOf, type SiteSize } from "@/bench/site/size";
import type { VisitorActor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { searchQuery } from "@/lib/domain/search";
import { compareRevisions } from "@/lib/services/compare-revisions";
import type { Context } from "@/lib/services/context";
import { listArticles } from "@/lib/services/list-articles";
import { listComments } from "@/lib/services/list-comments";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readCitation } from "@/lib/services/read-citation";
import { readComment } from "@/lib/services/read-comment";
import { readDiscussionFeed, readSiteFeed, readTopicFeed } from "@/lib/services/read-feed";
import { readFront } from "@/lib/services/read-front";
import { readHistoryFeed } from "@/lib/services/read-history-feed";
import { readModerationFeed, readModerationFigures, readModerationLog } from "@/lib/services/read-moderation-log";
import { readPerson } from "@/lib/services/read-person";
import { readPublishedText, readRevision, readRevisions } from "@/lib/services/read-revisions";
import { readTopic, readTopics } from "@/lib/services/read-topics";
import { search } from "@/lib/services/search";

const stranger: VisitorActor = { kind: "visitor", visitorId: null };
const ctx = (): Context => ({
  actor: stranger,
  now: new Date(),
  network: "203.0.113.1",
  ownOrigin: "https://talk.example.org",
});

/** Uncounted, as programs of the site itself search. */
const find = (query: Record<string, string>) =>
  search({ ...ctx(), actor: { kind: "system" } }, searchQuery.parse(query));

/** How many rows a read may touch, whatever exists: its page, and what stands beside each thing on it. */
const rowsOfPage = 2_000;
/**
 * Of each kind the newest texts with a word are looked at; and each of their comments, its thread and its article. To come to them,
 * Postgres takes what is less: all texts with the word from their index, or all texts from the newest back until there are enough. At
 * worst, when both are equal, that grows with the root of what there is.
 */
const rowsOfSearch = (texts: number) => 8 * limits.searched + 4 * Math.ceil(Math.sqrt(limits.searched * texts));
const textsOf = ({ articles, comments, threads }: SiteSize) =>
  threads.reduce((sum, count) => sum + count, articles * (1 + comments));

/** For reads that show `limits.printedComments`. */
const rowsOfPrint = 3 * limits.printedComments;

export interface HotRead {
  name: string;
  read: () => Promise<unknown>;
  /** Rows that it may touch. */
  rows: number;
}

/** @param ids of comments in the middle and at the top of the largest discussion */
export function hotReads(size: SiteSize, ids: { middle: string; root: string }): HotRead[] {
  const busiest = discussionOf(Math.max(...size.threads));
  const last = Math.ceil((0.4 * Math.max(...size.threads)) / limits.rootsPerPage / 2);
  // It has two texts.
  const corrected = "generated-article-707";
  const reads: [string, () => Promise<unknown>][] = [
    ["the busiest article", () => readArticle(ctx(), { slug: busiest, sort: "best", page: 1 })],
    ["its newest comments", () => readArticle(ctx(), { slug: busiest, sort: "newest", page: 1 })],
    ["the middle of its discussion", () => readArticle(ctx(), { slug: busiest, sort: "oldest", page: last })],
    ["an ordinary article", () => readArticle(ctx(), { slug: "generated-article-703", sort: "best", page: 1 })],
    ["an article without comments", () => readArticle(ctx(), { slug: discussionOf(0), sort: "best", page: 1 })],
    ["a comment's page", () => readComment(ctx(), { id: ids.middle })],
    ["a top-level comment's page", () => readComment(ctx(), { id: ids.root })],
    [
      "comments for programs",
      () => listComments(ctx(), { slug: busiest, sort: "newest", limit: limits.apiPageSize, after: 9_000 }),
    ],
    ["the discussion's feed", () => readDiscussionFeed(ctx(), { slug: busiest })],
    ["the front page", () => readFront(ctx(), {})],
    ["an older front page", async () => readFront(ctx(), { before: (await readFront(ctx(), {})).newest.older ?? "" })],
    ["articles for programs", () => listArticles(ctx(), { limit: limits.apiPageSize })],
    ["a topic", () => readTopic(ctx(), { slug: "generated-history" })],
    ["a person", () => readPerson(ctx(), { handle: handleOf(size.seed, 33) })],
    ["a busy person", () => readPerson(ctx(), { handle: handleOf(size.seed, 0) })],
    ["the site's feed", () => readSiteFeed(ctx())],
    ["a topic's feed", () => readTopicFeed(ctx(), { slug: "generated-history" })],
    ["all topics", () => readTopics(ctx())],
    ["a history", () => readRevisions(ctx(), { slug: corrected, limit: limits.apiPageSize })],
    ["a history's feed", () => readHistoryFeed(ctx(), { slug: corrected })],
    ["an earlier text", () => readRevision(ctx(), { slug: corrected, number: 1 })],
    [
      "two texts beside each other",
      () => compareRevisions(ctx(), { slug: corrected, before: 1, now: 2, view: "source" }),
    ],
    ["the text alone", () => readPublishedText(ctx(), { slug: corrected })],
    ["a citation", () => readCitation(ctx(), { slug: corrected })],
    ["the moderation log", () => readModerationLog(ctx(), {})],
    ["an older page of it", () => readModerationLog(ctx(), { before: 900 })],
    ["appeals in it, of which there are none", () => readModerationLog(ctx(), { show: "appeals" })],
    ["an article's part of it", () => readModerationLog(ctx(), { article: busiest })],
    ["a quiet article's part of it", () => readModerationLog(ctx(), { article: corrected, show: "removals" })],
    ["its feed", () => readModerationFeed(ctx())],
    ["its figures", () => readModerationFigures(ctx())],
  ];
  return [
    ...reads.map(([name, read]) => ({ name, read, rows: rowsOfPage })),
    {
      name: "a search for words that many texts have",
      read: () => find({ q: "water" }),
      rows: rowsOfSearch(textsOf(size)),
    },
    { name: "a search for a word that no text has", read: () => find({ q: "quagga" }), rows: rowsOfPage },
    { name: "the printed discussion", read: () => readDiscussion(ctx(), { slug: busiest }), rows: rowsOfPrint },
  ];
}
