// Rendering away from the thread that answers requests (R58): two worker threads with a time budget and a memory limit each.
// A text that is too costly comes back plain; a worker that dies is replaced, and nobody else notices (F31).
import { once } from "@/lib/once";
import { normalizeText } from "@/lib/text/normalize";
import { renderPlain } from "@/lib/text/plain-html";
import { OverBudget, type RenderJob, RenderThread } from "@/lib/text/render-thread";
import { buildRenderWorker, workerFile, workerIsStale } from "@/lib/text/render-worker-build";
import type { Dialect, Rendered, RenderOptions } from "@/lib/text/rendered";

/** Milliseconds of work on one text, waiting not counted (R58). */
const budgets: Record<Dialect, number> = { comment: 500, article: 3_000 };
/** Two, so that one hostile text does not hold up the others; more would only take memory. */
const threadCount = 2;
/** A longer queue means seconds of waiting, and a clear "busy" is kinder. */
const longestQueue = 64;
/** Starts that may fail in a row before waiting texts are given plain instead. */
const failuresInARow = 3;

/** The queue is full: answer 503 and keep the text. Tell it by `name`, because each of two module worlds has this class. */
export class RenderBusy extends Error {
  override readonly name = "RenderBusy";
}

/**
 * Renders as `renderMarkdown` does, in a worker thread. Falls back to escaped text with `plain: true` when the budget is
 * used up, the memory limit is hit or the worker dies.
 * @throws RenderBusy when too many texts are waiting already
 */
export function renderInWorker(source: string, options: RenderOptions): Promise<Rendered> {
  return once("render-pool", () => new RenderPool(projectFolder())).render(source, options);
}

/** Exported for tests that break a pool of their own; everybody else calls `renderInWorker`. */
export class RenderPool {
  private readonly waiting: RenderJob[] = [];
  private readonly threads = new Set<RenderThread>();
  /** Threads promised whose file is not ready yet. */
  private starting = 0;
  private failures = 0;
  private file: Promise<string> | undefined;

  constructor(private readonly root: string) {}

  render(source: string, options: RenderOptions): Promise<Rendered> {
    if (this.waiting.length >= longestQueue) {
      return Promise.reject(new RenderBusy("Too many texts are waiting to be rendered."));
    }
    return new Promise((settle) => {
      this.waiting.push({ source, options, settle, deaths: 0 });
      this.fill();
      this.hand();
    });
  }

  /** Starts the threads that are missing. */
  private fill(): void {
    while (this.threads.size + this.starting < threadCount) {
      this.starting++;
      this.file ??= preparedFile(this.root);
      this.file.then(
        (file) => this.add(file),
        (error) => this.fileFailed(error),
      );
    }
  }

  private add(file: string): void {
    this.threads.add(
      new RenderThread(file, {
        ready: () => {
          this.failures = 0;
          this.hand();
        },
        free: () => this.hand(),
        gone: (thread, reason) => this.replace(thread, reason),
      }),
    );
    this.starting--;
    this.hand();
  }

  /** Gives waiting texts to free threads. The process stays alive for texts, not for idle threads. */
  private hand(): void {
    for (const thread of this.threads) {
      const job = thread.isReady && !thread.job ? this.waiting.shift() : undefined;
      if (job) thread.run(job, budgets[job.options.dialect]);
    }
    for (const thread of this.threads) thread.keepAlive(thread.job !== undefined || this.waiting.length > 0);
  }

  private replace(thread: RenderThread, reason: Error): void {
    this.threads.delete(thread);
    if (thread.isReady) {
      if (thread.job) this.retryOrSettle(thread.job, reason);
      this.fill();
      this.hand();
    } else this.startFailed(reason);
  }

  /** A worker may die of what it did before; so its text is tried once more, unless it was the text that took too long. */
  private retryOrSettle(job: RenderJob, reason: Error): void {
    job.deaths++;
    if (job.deaths > 1 || reason instanceof OverBudget) job.settle(plain(job));
    else this.waiting.unshift(job);
  }

  private fileFailed(reason: unknown): void {
    this.starting--;
    this.startFailed(reason);
  }

  /** Tries again while somebody waits, a few times; then the waiting texts are given plain, and the next text tries anew. */
  private startFailed(reason: unknown): void {
    this.file = undefined;
    this.failures++;
    if (this.waiting.length === 0) return;
    if (this.failures < failuresInARow) {
      this.fill();
      return;
    }
    this.failures = 0;
    console.error("Texts are shown unformatted, because the render worker does not start:", reason);
    for (const job of this.waiting.splice(0)) job.settle(plain(job));
  }
}

function plain(job: RenderJob): Rendered {
  return renderPlain(normalizeText(job.source));
}

async function preparedFile(root: string): Promise<string> {
  if (workerIsStale(root)) await buildRenderWorker(root);
  return workerFile(root);
}

/** Everything of ours is started in the project's folder. The bundler must not follow the path. */
function projectFolder(): string {
  return /* turbopackIgnore: true */ process.cwd();
}
