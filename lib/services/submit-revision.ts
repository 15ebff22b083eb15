// Handing a draft in for review. From here on its text is frozen, until an editor asks for changes.
import { userIdOf } from "@/lib/domain/actor";
import { revisionMachine } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import { authorize } from "@/lib/domain/permissions";
import { transition } from "@/lib/domain/state-machine";
import type { Context } from "@/lib/services/context";
import { renderArticle } from "@/lib/services/render-article";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { slugIsTaken, topicNamesOf } from "@/lib/store/live-articles";
import { lockRevision, moveRevision, type RevisionInHand, readRevisionInHand } from "@/lib/store/revision-states";
import { hasVisibleContent } from "@/lib/text/normalize";

export interface SubmitRevision {
  revisionId: number;
  /** The save that they saw: a newer one by somebody else is read first. Undefined: whatever is there. */
  saveNumber?: number;
  /** For the reviewer; may be empty. */
  note: string;
}

/**
 * Hands a draft in.
 * @throws DomainError `not_found`, `forbidden`, `conflict` (not a draft any more, or saved meanwhile), `invalid` on `title`, `body` or
 *   `slug`, or because nothing differs from what readers see, `unavailable`
 */
export async function submitRevision(ctx: Context, input: SubmitRevision): Promise<void> {
  const draft = await readRevisionInHand(database(), input.revisionId);
  if (!draft) throw new DomainError("not_found");
  authorize(ctx.actor, "draft.submit", { writers: draft.writers });
  // Rendered before anything is locked, since it takes its time.
  const rendered = await renderArticle(ctx, draft.body);
  await inTransaction(async (tx) => {
    const revision = await lockRevision(tx, input.revisionId);
    if (!revision) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "draft.submit", { writers: revision.writers });
    const to = transition(revisionMachine, "submit", revision.state);
    if (revision.saveNumber !== (input.saveNumber ?? draft.saveNumber) || revision.body !== draft.body) {
      throw new DomainError("conflict", { reason: "draft.saved_meanwhile" });
    }
    await checkText(tx, revision);
    const { id, articleId, state: from } = revision;
    await moveRevision(tx, permit, { id, from, to, set: { rendered, submittedAt: revision.now } });
    const actorId = userIdOf(ctx.actor);
    await logEditorialAction(tx, { kind: "SUBMIT", articleId, revisionId: id, actorId, from, to, reason: input.note });
  });
}

/** What a reviewer could only send back. */
async function checkText(tx: Transaction, revision: RevisionInHand): Promise<void> {
  const fields: Record<string, string> = {};
  if (!hasVisibleContent(revision.title)) fields.title = "title.missing";
  if (!hasVisibleContent(revision.body)) fields.body = "article.empty";
  if (revision.slug !== "" && (await slugIsTaken(tx, revision.slug, revision.articleId))) fields.slug = "slug.taken";
  if (Object.keys(fields).length > 0) throw new DomainError("invalid", { fields });
  if (await saysTheSame(tx, revision)) throw new DomainError("invalid", { reason: "submit.unchanged" });
}

async function saysTheSame(tx: Transaction, revision: RevisionInHand): Promise<boolean> {
  if (revision.publishedRevisionId === null) return false;
  const live = await readRevisionInHand(tx, revision.publishedRevisionId);
  if (!live) return false;
  const text = ({ title, summary, body, copyrightHolder, licence }: RevisionInHand) =>
    JSON.stringify([title, summary, body, copyrightHolder, licence]);
  if (text(live) !== text(revision)) return false;
  if (revision.slug !== "" && revision.slug !== revision.articleSlug) return false;
  const filed = await topicNamesOf(tx, revision.articleId);
  return JSON.stringify(filed.sort()) === JSON.stringify([...revision.topics].sort());
}
