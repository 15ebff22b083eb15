// Beginning a new revision of an article: a draft with the text that readers see, who go on seeing that one.
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { authorize } from "@/lib/domain/permissions";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/store/client";
import { articleWriters, findDraftSource, findOpenDraft, insertDraft } from "@/lib/store/drafts";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { consume } from "@/lib/store/rate-limits";
import { lockArticle } from "@/lib/store/revision-states";
import { attributeAll, attributionOf } from "@/lib/text/attribution";

/**
 * Begins a new revision, or finds the one that somebody has begun already. An article that is not published goes on from its newest text.
 * @throws DomainError `not_found`, `forbidden`, `rate_limited`
 */
export async function reviseArticle(ctx: Context, input: { articleId: number }): Promise<void> {
  const { articleId } = input;
  const allowances = await allowancesFor(ctx, "start");
  await inTransaction(async (tx) => {
    if (!(await lockArticle(tx, articleId))) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "article.revise", { writers: await articleWriters(tx, articleId) });
    // Two people who press the same button find the same draft.
    if (await findOpenDraft(tx, articleId)) return;
    await consume(tx, allowances, "draft.too_often");
    const [source, authorId] = [await findDraftSource(tx, articleId), userIdOf(ctx.actor)];
    if (!source || authorId === null) throw new DomainError("not_found");
    const { id: basedOnId, attribution, ...fields } = source;
    const runs = attributionOf(attribution);
    const draft = {
      ...{ articleId, authorId, fields, basedOnId, at: ctx.now },
      attribution: runs.length > 0 ? runs : attributeAll(fields.body, null),
    };
    const { id: revisionId } = await insertDraft(tx, permit, draft);
    const about = { articleId, revisionId, actorId: authorId };
    await logEditorialAction(tx, { kind: "REVISE", ...about, from: null, to: "DRAFT" });
  });
}
