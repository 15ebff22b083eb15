// Two published texts of an article side by side: as readers saw them, or their sources.
import { DomainError } from "@/lib/domain/errors";
import type { RevisionComparison } from "@/lib/domain/revision";
import { compareTexts } from "@/lib/services/compare-texts";
import type { Context } from "@/lib/services/context";
import { type Moved, movedOrMissing } from "@/lib/services/find-moved";
import { findThread } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { findPublicRevision, neighboursOf } from "@/lib/store/revisions";
import { wordDifference } from "@/lib/text/diff";

/**
 * What changed from one published text to another.
 * @throws DomainError `not_found` when one of them was never published, `unavailable` when too many wait to be compared
 */
export async function compareRevisions(
  _ctx: Context,
  input: { slug: string; before: number; now: number; view: "rendered" | "source" },
): Promise<Moved | RevisionComparison> {
  const db = database();
  const article = await findThread(db, input.slug);
  if (!article) return movedOrMissing(db, input.slug);
  const [before, now, { older }, { newer }] = await Promise.all([
    findPublicRevision(db, article.id, input.before),
    findPublicRevision(db, article.id, input.now),
    neighboursOf(db, article.id, input.before),
    neighboursOf(db, article.id, input.now),
  ]);
  if (!before || !now) throw new DomainError("not_found");
  const facts = [
    { name: "Title" as const, pieces: wordDifference(before.title, now.title) },
    { name: "Summary" as const, pieces: wordDifference(before.summary, now.summary) },
    { name: "Copyright holder" as const, pieces: wordDifference(before.copyrightHolder, now.copyrightHolder) },
    { name: "Licence" as const, pieces: wordDifference(before.licence, now.licence) },
  ];
  const text = await compareTexts({ before, now }, input.view);
  return {
    articleId: article.id,
    slug: article.slug,
    before,
    now,
    facts: facts.filter(({ pieces }) => pieces.some(({ kind }) => kind !== "same")),
    text,
    newer,
    older,
  };
}
