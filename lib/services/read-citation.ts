// What is known of a published text for whoever cites it.
import type { CitedText } from "@/lib/domain/citation";
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { type Moved, movedOrMissing } from "@/lib/services/find-moved";
import { readSite } from "@/lib/services/read-site";
import { creditsOf, findPublished } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { findPublicRevision } from "@/lib/store/revisions";

export interface Citation {
  articleId: number;
  /** Whether the text is the one that readers see now. */
  current: boolean;
  text: CitedText;
}

/**
 * The facts of a citation: of revision `number`, or of the text that readers see now.
 * @throws DomainError `not_found` also for a revision that was never published
 */
export async function readCitation(ctx: Context, input: { slug: string; number?: number }): Promise<Moved | Citation> {
  const db = database();
  const article = await findPublished(db, input.slug);
  if (!article) return movedOrMissing(db, input.slug);
  const [credits, revision, site] = await Promise.all([
    creditsOf(db, [article.id]),
    findPublicRevision(db, article.id, input.number ?? article.number),
    readSite(ctx),
  ]);
  if (!revision) throw new DomainError("not_found");
  const written = credits.filter(({ kind }) => kind === "WRITTEN");
  return {
    articleId: article.id,
    current: revision.current,
    text: {
      slug: article.slug,
      title: revision.title,
      authors: (written.length > 0 ? written : revision.contributors).map(({ name }) => name),
      siteName: site.name,
      revision: revision.number,
      publishedAt: revision.publishedAt,
      url: `${ctx.ownOrigin}/articles/${article.slug}/revisions/${revision.number}`,
      licence: revision.licence,
    },
  };
}
