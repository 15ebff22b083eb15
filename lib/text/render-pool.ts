// Rendering away from the thread that answers requests (R58): a text that is too costly comes back plain.
import { once } from "@/lib/once";
import { normalizeText } from "@/lib/text/normalize";
import { renderPlain } from "@/lib/text/plain-html";
import type { Dialect, Rendered, RenderOptions } from "@/lib/text/rendered";
import { projectFolder, type Trade, WorkerPool } from "@/lib/text/worker-pool";

/** Milliseconds of work on one text (R58). */
const budgets: Record<Dialect, number> = { comment: 500, article: 3_000 };

interface RenderOrder {
  source: string;
  options: RenderOptions;
}

const rendering: Trade<RenderOrder, Rendered> = {
  worker: "render-worker",
  // So that one hostile text does not hold up the others; more would only take memory.
  threads: 2,
  // The largest honest article needs about a third of it (R58).
  memoryMiB: 64,
  budgetMs: ({ options }) => budgets[options.dialect],
  instead: ({ source }) => renderPlain(normalizeText(source)),
  without: "Texts are shown unformatted",
};

/**
 * Renders as `renderMarkdown` does, in a worker thread. Falls back to escaped text with `plain: true` when the budget is
 * used up, the memory limit is hit or the worker dies.
 * @throws WorkersBusy when too many texts are waiting already
 */
export function renderInWorker(source: string, options: RenderOptions): Promise<Rendered> {
  return once("render-pool", () => new RenderPool(projectFolder())).render(source, options);
}

/** Exported for tests that break a pool of their own; everybody else calls `renderInWorker`. */
export class RenderPool {
  private readonly pool: WorkerPool<RenderOrder, Rendered>;

  constructor(root: string) {
    this.pool = new WorkerPool(root, rendering);
  }

  render(source: string, options: RenderOptions): Promise<Rendered> {
    return this.pool.ask({ source, options });
  }
}
