// Beginning an article: a title, and a draft that only its writer and the editors know of.
import { randomBytes } from "node:crypto";
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import { siteSettingsOf } from "@/lib/domain/settings";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { database, inTransaction } from "@/lib/store/client";
import { countOpenDrafts, insertDraft, insertDraftArticle } from "@/lib/store/drafts";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { consume } from "@/lib/store/rate-limits";
import { readSettings } from "@/lib/store/settings";
import { slugify } from "@/lib/text/slug";

/** Whether the site lets every member write. */
async function membersWrite(): Promise<boolean> {
  return siteSettingsOf(await readSettings(database())).membersWrite;
}

/** Whether who asks may begin an article. */
export async function mayStart(ctx: Context): Promise<boolean> {
  return can(ctx.actor, "draft.start") || can(ctx.actor, "draft.start", { membersWrite: await membersWrite() });
}

/**
 * Begins an article.
 * @param input.title as `newTitleSchema` leaves it
 * @throws DomainError `forbidden`, `conflict` when too many are begun already, `rate_limited`
 */
export async function startArticle(ctx: Context, input: { title: string }): Promise<{ articleId: number }> {
  const permit = authorize(ctx.actor, "draft.start", { membersWrite: await membersWrite() });
  const authorId = userIdOf(ctx.actor);
  if (authorId === null) throw new DomainError("forbidden");
  const allowances = await allowancesFor(ctx, "start");
  const { title } = input;
  return inTransaction(async (tx) => {
    await consume(tx, allowances, "draft.too_often");
    if ((await countOpenDrafts(tx, authorId)) >= limits.openDrafts) {
      throw new DomainError("conflict", { reason: "draft.too_many" });
    }
    // A draft takes nobody's address away: it has one that nobody would choose until it is published under the one it wishes for.
    const slug = `draft-${randomBytes(6).toString("hex")}`;
    const { id: articleId } = await insertDraftArticle(tx, permit, { slug, at: ctx.now });
    const fields = {
      ...{ title, slug: slugify(title, limits.slug), topics: [], summary: "", body: "" },
      ...{ copyrightHolder: "", licence: "" },
    };
    const draft = { articleId, authorId, fields, attribution: [], basedOnId: null, at: ctx.now };
    const { id } = await insertDraft(tx, permit, draft);
    const about = { articleId, revisionId: id, actorId: authorId };
    await logEditorialAction(tx, { kind: "START", ...about, from: null, to: "DRAFT" });
    return { articleId };
  });
}
