// Publishing, whoever decides it: an editor now, or the system on the day that an editor has set. One transaction moves the states, the
// pointer, the address, the topics, the dates and the credits, and writes its line into the record.
import { userIdOf } from "@/lib/domain/actor";
import { revisionMachine } from "@/lib/domain/article-workflow";
import { computeCredits, survivingWords } from "@/lib/domain/credits";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import type { Permit } from "@/lib/domain/permissions";
import { movesLastModified, type RevisionClass } from "@/lib/domain/revision";
import { transition } from "@/lib/domain/state-machine";
import { freeSlug } from "@/lib/services/free-slug";
import { tellWriters } from "@/lib/services/tell-writers";
import { sha256 } from "@/lib/services/tokens";
import type { Transaction } from "@/lib/store/client";
import { authorsOf, readCredits, writeCredits } from "@/lib/store/credits";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { fileUnder, moveSlug, pointAt, slugIsTaken } from "@/lib/store/live-articles";
import { ensureTopic } from "@/lib/store/publishing";
import { moveRevision, type RevisionInHand } from "@/lib/store/revision-states";
import { attributionOf } from "@/lib/text/attribution";
import { slugify } from "@/lib/text/slug";

type PublishPermit = Permit<"revision.review" | "revision.publishDue">;

export interface Publication {
  revision: RevisionInHand;
  /** Null for the first text that readers see. */
  class: RevisionClass | null;
  note: string;
  /** What becomes of the wish for an address that another article has by now. */
  takenSlug: "refuse" | "keep old";
}

/**
 * Publishes a revision that is in hand.
 * @throws DomainError `conflict` when it is not in review or scheduled, `invalid` on `slug` when its address is taken
 */
export async function publishRevision(
  tx: Transaction,
  permit: PublishPermit,
  publication: Publication,
): Promise<DomainEvent[]> {
  const { revision, note } = publication;
  const { id, articleId, now: at } = revision;
  const to = transition(revisionMachine, "publish", revision.state);
  const actorId = userIdOf(permit.actor);
  await supersedePublished(tx, permit, revision);
  const decided = actorId === null ? {} : { decidedById: actorId };
  const set = { class: publication.class, note, publishedAt: at, ...decided };
  await moveRevision(tx, permit, { id, from: revision.state, to, set });
  const slug = await slugFor(tx, permit, publication);
  const first = revision.firstPublishedAt === null;
  await pointAt(tx, permit, { articleId, revisionId: id, at, modified: first || movesLastModified(publication.class) });
  const topics = await fileUnder(tx, permit, { articleId, topicIds: await topicIdsOf(tx, permit, revision.topics) });
  if (!revision.creditsSet) await recomputeCredits(tx, permit, revision);
  await logEditorialAction(tx, {
    ...{ kind: "PUBLISH", articleId, revisionId: id, actorId, from: revision.state, to, reason: note },
    detail: {
      ...(publication.class && { class: publication.class }),
      ...(slug !== revision.articleSlug && { slugBefore: revision.articleSlug }),
      ...(revision.slug !== "" && slug !== revision.slug && { slugTaken: revision.slug }),
    },
  });
  await tellWriters(tx, revision, { news: "published", path: `/articles/${slug}`, reason: "", except: actorId });
  return [{ type: "ArticlePublished", articleId, articleSlug: slug, topics }];
}

async function supersedePublished(tx: Transaction, permit: PublishPermit, revision: RevisionInHand): Promise<void> {
  if (revision.publishedRevisionId === null) return;
  const from = "PUBLISHED";
  await moveRevision(tx, permit, {
    id: revision.publishedRevisionId,
    from,
    to: transition(revisionMachine, "supersede", from),
  });
}

/** The article's address from now on. */
async function slugFor(tx: Transaction, permit: PublishPermit, publication: Publication): Promise<string> {
  const { articleId, articleSlug, slug, firstPublishedAt } = publication.revision;
  if (slug === "" || slug === articleSlug) return articleSlug;
  const known = firstPublishedAt !== null;
  if (!(await slugIsTaken(tx, slug, articleId))) {
    await moveSlug(tx, permit, { articleId, from: articleSlug, to: slug, known });
    return slug;
  }
  if (publication.takenSlug === "refuse") throw new DomainError("invalid", { fields: { slug: "slug.taken" } });
  // Nobody is there to ask. What readers know stays; a new article takes an address like the one that it wished for.
  const another = known ? null : await freeSlug(tx, { slug, articleId });
  if (another === null) return articleSlug;
  await moveSlug(tx, permit, { articleId, from: articleSlug, to: another, known });
  return another;
}

/** In the order of their slugs, so that two publications that bring the same new topics do not wait for each other. */
async function topicIdsOf(tx: Transaction, permit: PublishPermit, names: readonly string[]): Promise<number[]> {
  const topics = names.map((name) => ({
    slug: slugify(name, limits.slug) || `topic-${sha256(name).toString("hex").slice(0, 8)}`,
    name,
    description: "",
  }));
  const ids: number[] = [];
  for (const topic of topics.sort((a, b) => (a.slug < b.slug ? -1 : 1))) {
    ids.push((await ensureTopic(tx, permit, topic)).id);
  }
  return ids;
}

/** Names those who gave the text its words. Called when it is published, since its authors are asked for among the published. */
export async function recomputeCredits(
  tx: Transaction,
  permit: PublishPermit | Permit<"article.manage">,
  revision: Pick<RevisionInHand, "articleId" | "attribution" | "words">,
  present?: Awaited<ReturnType<typeof readCredits>>,
): Promise<void> {
  const { articleId } = revision;
  const authors = await authorsOf(tx, articleId);
  const credits = computeCredits({
    present: present ?? (await readCredits(tx, articleId)),
    words: survivingWords(attributionOf(revision.attribution), revision.words),
    begunBy: authors[0] ?? null,
    authors: authors.filter((author) => author !== null),
  });
  await writeCredits(tx, permit, { articleId, credits });
}
