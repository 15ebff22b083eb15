// Markdown of a comment to safe HTML: ordinary sentences at once, all else off the event loop and within its time.
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { consume } from "@/lib/store/rate-limits";
import type { Rendered } from "@/lib/text/markdown";
import { renderProse } from "@/lib/text/prose";
import { renderInWorker } from "@/lib/text/render-pool";

/**
 * Renders a comment.
 * @throws DomainError `unavailable` when too many texts wait already
 */
export async function renderComment(ctx: Context, body: string): Promise<Rendered> {
  const prose = renderProse(body);
  if (prose) return prose;
  try {
    return await renderInWorker(body, { dialect: "comment", ownOrigin: ctx.ownOrigin });
  } catch (error) {
    if (error instanceof Error && error.name === "WorkersBusy") throw new DomainError("unavailable", { retryAfter: 2 });
    throw error;
  }
}

/**
 * What `body` will look like, for a preview.
 * @throws DomainError `invalid` with the field when there are too many links, `rate_limited`, `unavailable`
 */
export async function previewComment(ctx: Context, body: string): Promise<Rendered> {
  await consume(database(), await allowancesFor(ctx, "preview"));
  const rendered = await renderComment(ctx, body);
  if (rendered.links > limits.linksRefused) {
    throw new DomainError("invalid", {
      fields: { body: "comment.too_many_links" },
      values: { limit: limits.linksRefused },
    });
  }
  return rendered;
}
