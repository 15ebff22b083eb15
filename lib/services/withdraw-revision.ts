// Taking back what was begun: a draft that leads nowhere, a text that waits for review, one that a day was set for. The text stays.
import { userIdOf } from "@/lib/domain/actor";
import { revisionMachine } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import { authorize } from "@/lib/domain/permissions";
import { transition } from "@/lib/domain/state-machine";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/store/client";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { lockRevision, moveRevision } from "@/lib/store/revision-states";

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
