// Markdown of an article to what readers get, off the event loop and within its time.
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { pictureSizes } from "@/lib/services/picture-sizes";
import { rendererVersion } from "@/lib/text/markdown";
import { renderInWorker } from "@/lib/text/render-pool";
import type { Rendered } from "@/lib/text/rendered";

/**
 * Renders an article's text.
 * @throws DomainError `unavailable` when too many texts wait already
 */
export async function renderArticle(
  ctx: Pick<Context, "ownOrigin">,
  body: string,
): Promise<Rendered & { version: number }> {
  try {
    const pictures = await pictureSizes(body);
    const rendered = await renderInWorker(body, { dialect: "article", ownOrigin: ctx.ownOrigin, pictures });
    return { ...rendered, version: rendererVersion };
  } catch (error) {
    if (error instanceof Error && error.name === "WorkersBusy") throw new DomainError("unavailable", { retryAfter: 2 });
    throw error;
  }
}
