// The comments of generated sites, row by row, with what goes with them: earlier texts of edited ones, the record of removals.
import { createHash } from "node:crypto";
import { type ArticlePlan, articlePlans, type FirstIds, postedAt } from "@/bench/site/articles";
import type { Row } from "@/bench/site/copy";
import type { Discussion } from "@/bench/site/discussion";
import { nameOf, staff } from "@/bench/site/people";
import { randomOf } from "@/bench/site/random";
import type { SiteSize } from "@/bench/site/size";
import type { Text, Texts } from "@/bench/site/texts";
import { rendererVersion } from "@/lib/text/markdown";

const removalReason = "Not about the article.";
/** One in so many that can be read was looked at first. */
const heldEach = 5;

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** One in forty that can be read was edited, an hour later and visibly. */
const isEdited = (n: number, { n: article, discussion }: ArticlePlan) =>
  (article * 17 + n) % 40 === 21 && discussion.fates[n] === "PUBLISHED";

const hourAfter = (at: Date) => new Date(at.getTime() + 3_600_000);

interface Author {
  user_id: number | null;
  visitor_id: number | null;
  author_name: string;
  name_chosen: boolean;
}

interface Said {
  plan: ArticlePlan;
  /** The comment's number in its discussion. */
  n: number;
  id: number;
  /** The id of the discussion's number 0. */
  firstId: number;
  at: Date;
}

/** Every comment of the site in the order of their ids. */
function* said(size: SiteSize, first: FirstIds): Generator<Said> {
  let firstId = first.comments;
  for (const plan of articlePlans(size, first)) {
    for (let n = 0; n < plan.discussion.count; n++) yield { plan, n, id: firstId + n, firstId, at: postedAt(plan, n) };
    firstId += plan.discussion.count;
  }
}

export function* commentRows(size: SiteSize, first: FirstIds, texts: Texts): Generator<Row> {
  let speaking = -1;
  let next: () => Text = texts.speaker(randomOf(size.seed, 7, 0));
  for (const comment of said(size, first)) {
    const { plan, n, firstId, at } = comment;
    if (plan.n !== speaking) {
      speaking = plan.n;
      next = texts.speaker(randomOf(size.seed, 7, plan.n));
    }
    const place = { thread_id: first.threads + plan.n, article_revision_id: plan.revisionId, firstId };
    const author = authorOf(size, first, comment);
    yield commentRow(plan.discussion, n, { ...place, at, edited: isEdited(n, plan), author, text: next() });
  }
}

/** Four of ten comments are by members. */
function authorOf(size: SiteSize, first: FirstIds, { id }: Said): Author {
  const random = randomOf(size.seed, 8, id - first.comments);
  const person = random.between(0, size.people - 1);
  const name = nameOf(size.seed, person);
  return random.next() < 0.4
    ? { user_id: first.users + person, visitor_id: null, author_name: name, name_chosen: false }
    : { user_id: null, visitor_id: first.visitors + person, author_name: name, name_chosen: true };
}

interface CommentFacts {
  thread_id: number;
  article_revision_id: number | null;
  firstId: number;
  at: Date;
  author: Author;
  text: Pick<Text, "body" | "html">;
  edited: boolean;
}

/** One row of `comments`; ids count from `firstId` in the order of the discussion. */
export function commentRow(discussion: Discussion, n: number, about: CommentFacts): Row {
  const { firstId, at, text, edited } = about;
  const fate = discussion.fates[n] ?? "PUBLISHED";
  const idOf = (number = -1) => (number < 0 ? null : firstId + number);
  const body = fate === "DELETED" ? "" : text.body;
  return {
    id: firstId + n,
    thread_id: about.thread_id,
    parent_id: idOf(discussion.parents[n]),
    root_id: idOf(discussion.roots[n]),
    depth: discussion.depths[n] ?? 0,
    place: discussion.places[n] || null,
    root_place: discussion.rootPlaces[n] || null,
    status: fate,
    ...about.author,
    body,
    html: fate === "DELETED" ? "" : text.html,
    renderer_version: rendererVersion,
    body_hash: sha256(body),
    revision: edited ? 2 : 1,
    created_at: at,
    edited_at: edited ? hourAfter(at) : null,
    decided_at: fate === "REMOVED" ? hourAfter(at) : null,
    removal_reason: fate === "REMOVED" ? removalReason : null,
    reply_count: discussion.replies[n] ?? 0,
    article_revision_id: about.article_revision_id,
  };
}

/** What stood in edited comments before. */
export function* earlierTextRows(size: SiteSize, first: FirstIds): Generator<Row> {
  for (const { plan, n, id, at } of said(size, first)) {
    if (!isEdited(n, plan)) continue;
    const body = "Something shorter stood here before.";
    yield { comment_id: id, number: 1, body, html: `<p>${body}</p>\n`, created_at: at, public: true };
  }
}

/** What moderators did. */
export function* decisionRows(size: SiteSize, first: FirstIds): Generator<Row> {
  for (const { plan, n, id, at } of said(size, first)) {
    const fate = plan.discussion.fates[n];
    const decided = {
      actor_id: first.users + (id % Math.min(staff, size.people)),
      comment_id: id,
      created_at: hourAfter(at),
    };
    if (fate === "REMOVED") {
      yield { ...decided, kind: "REMOVE", from_status: "PUBLISHED", to_status: "REMOVED", reason: removalReason };
    } else if (fate === "PUBLISHED" && id % heldEach === 0) {
      yield { ...decided, kind: "APPROVE", from_status: "PENDING", to_status: "PUBLISHED", reason: "Fine as it is." };
    }
  }
}
