// What a draft will look like: exactly what readers would get, by the same renderer, for whoever may write.
import { authorize } from "@/lib/domain/permissions";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { renderArticle } from "@/lib/services/render-article";
import { database } from "@/lib/store/client";
import { consume } from "@/lib/store/rate-limits";
import type { Rendered } from "@/lib/text/markdown";

/**
 * Renders `body` as an article's.
 * @throws DomainError `forbidden`, `rate_limited`, `unavailable`
 */
export async function previewArticle(ctx: Context, body: string): Promise<Rendered> {
  authorize(ctx.actor, "desk.enter");
  await consume(database(), await allowancesFor(ctx, "articlePreview"));
  return renderArticle(ctx, body);
}
