// The public history of an article: its published text with the source, the list of its published texts, one of them.
import type { ArticleDetails, PersonLink, TopicLink } from "@/lib/domain/article";
import { DomainError } from "@/lib/domain/errors";
import type { OneRevision, PublicRevisionText, RevisionList } from "@/lib/domain/revision";
import { moderationSettingsOf } from "@/lib/domain/settings";
import { isShut, termsOf } from "@/lib/domain/thread-terms";
import type { Context } from "@/lib/services/context";
import { type Moved, movedOrMissing } from "@/lib/services/find-moved";
import {
  type CorrectionRow,
  correctionsOf,
  creditsOf,
  findPublished,
  findThread,
  topicsOf,
} from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { findPublicRevision, listPublicRevisions, neighboursOf } from "@/lib/store/revisions";
import { readSettings } from "@/lib/store/settings";

export interface PublishedText {
  id: number;
  slug: string;
  topics: TopicLink[];
  details: ArticleDetails;
  corrections: CorrectionRow[];
  revision: PublicRevisionText;
  commentCount: number;
  /** Nothing new can be posted: locked, or closed by its mode or its age. */
  locked: boolean;
}

/**
 * An article and the revision that readers see, with its Markdown.
 * @throws DomainError `not_found`
 */
export async function readPublishedText(ctx: Context, input: { slug: string }): Promise<Moved | PublishedText> {
  const db = database();
  const found = await findPublished(db, input.slug);
  if (!found) return movedOrMissing(db, input.slug);
  const [credits, topics, corrections, revision, settings] = await Promise.all([
    creditsOf(db, [found.id]),
    topicsOf(db, [found.id]),
    correctionsOf(db, found.id),
    findPublicRevision(db, found.id, found.number),
    readSettings(db),
  ]);
  // Unpublished in this very moment.
  if (!revision) throw new DomainError("not_found");
  const people = (kind: string): PersonLink[] =>
    credits.filter((credit) => credit.kind === kind).map(({ name, handle }) => ({ name, handle }));
  return {
    id: found.id,
    slug: found.slug,
    topics: topics.map(({ slug, name }) => ({ slug, name })),
    details: {
      writtenBy: people("WRITTEN"),
      editedBy: people("EDITED"),
      suggestedBy: people("SUGGESTED"),
      lastModifiedAt: found.lastModifiedAt,
      publishedAt: found.firstPublishedAt,
      copyrightHolder: found.copyrightHolder,
      licence: found.licence,
      revision: found.number,
    },
    corrections,
    revision,
    commentCount: found.commentCount,
    locked: isShut(termsOf(found, moderationSettingsOf(settings), ctx.now)),
  };
}

/**
 * The published texts of an article, newest first.
 * @throws DomainError `not_found`
 */
export async function readRevisions(
  _ctx: Context,
  input: { slug: string; before?: number; limit: number },
): Promise<Moved | RevisionList> {
  const db = database();
  const article = await findPublished(db, input.slug);
  if (!article) return movedOrMissing(db, input.slug);
  const rows = await listPublicRevisions(db, article.id, { before: input.before, limit: input.limit + 1 });
  const revisions = rows.slice(0, input.limit);
  const older = rows.length > input.limit ? (revisions.at(-1)?.number ?? null) : null;
  return { articleId: article.id, slug: article.slug, title: article.title, revisions, older };
}

/**
 * One published text of an article, and the numbers of those beside it.
 * @throws DomainError `not_found` also when the revision exists but was never published
 */
export async function readRevision(
  _ctx: Context,
  input: { slug: string; number: number },
): Promise<Moved | OneRevision> {
  const db = database();
  const article = await findThread(db, input.slug);
  if (!article) return movedOrMissing(db, input.slug);
  const [revision, neighbours] = await Promise.all([
    findPublicRevision(db, article.id, input.number),
    neighboursOf(db, article.id, input.number),
  ]);
  if (!revision) throw new DomainError("not_found");
  return { articleId: article.id, slug: article.slug, revision, neighbours };
}
