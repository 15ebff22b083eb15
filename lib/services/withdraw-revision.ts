// Taking back what was begun: a draft that leads nowhere, a text that waits for review, one that a day was set for. The text stays, and can be
// taken up again.
import { userIdOf } from "@/lib/domain/actor";
import { revisionMachine } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import { authorize } from "@/lib/domain/permissions";
import { transition } from "@/lib/domain/state-machine";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/store/client";
import { insertDraft } from "@/lib/store/drafts";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { lockRevision, moveRevision } from "@/lib/store/revision-states";
import { attributionOf } from "@/lib/text/attribution";

/**
 * Withdraws a revision that is on its way to readers.
 * @throws DomainError `not_found`, `forbidden`, `conflict` when it is published or withdrawn already
 */
export async function withdrawRevision(ctx: Context, input: { revisionId: number; reason: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const revision = await lockRevision(tx, input.revisionId);
    if (!revision) throw new DomainError("not_found");
    const { id, articleId, state: from, writers } = revision;
    const permission = from === "SCHEDULED" ? "revision.withdrawScheduled" : "revision.withdraw";
    const permit = authorize(ctx.actor, permission, { writers });
    const to = transition(revisionMachine, "withdraw", from);
    await moveRevision(tx, permit, { id, from, to });
    const actorId = userIdOf(ctx.actor);
    const about = { articleId, revisionId: id, actorId, from, to };
    await logEditorialAction(tx, { kind: "WITHDRAW", ...about, reason: input.reason });
  });
}

/**
 * Begins a new draft with a text that was withdrawn.
 * @throws DomainError `not_found`, `forbidden`, `conflict` when it was not withdrawn, or a draft is open already
 */
export async function takeUpAgain(ctx: Context, input: { revisionId: number }): Promise<{ articleId: number }> {
  return inTransaction(async (tx) => {
    const old = await lockRevision(tx, input.revisionId);
    const authorId = userIdOf(ctx.actor);
    if (!old || authorId === null) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "article.revise", { writers: old.writers });
    if (old.state !== "WITHDRAWN") throw new DomainError("conflict", { reason: "state.changed" });
    const { articleId, title, summary, body, slug, topics, copyrightHolder, licence } = old;
    const { id } = await insertDraft(tx, permit, {
      ...{ articleId, authorId, basedOnId: old.id, at: old.now },
      fields: { title, slug, topics, summary, body, copyrightHolder, licence },
      attribution: attributionOf(old.attribution),
    });
    const about = { articleId, revisionId: id, actorId: authorId, from: null, to: "DRAFT" } as const;
    await logEditorialAction(tx, { kind: "REVISE", ...about, detail: { fromNumber: old.number } });
    return { articleId };
  });
}
