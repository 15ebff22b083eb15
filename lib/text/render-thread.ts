// One worker thread of the render pool: it starts, takes one text at a time, and ends when told to or when it dies.
import type { Rendered, RenderOptions } from "@/lib/text/rendered";

// Asked for at run time, so that Next's bundler does not look for a worker to bundle.
const { Worker } = process.getBuiltinModule("node:worker_threads");

/** Heap of a worker (R58); the largest honest article needs about a third of it. */
const memoryMiB = 64;

export interface RenderJob {
  source: string;
  options: RenderOptions;
  settle: (rendered: Rendered) => void;
}

interface Events {
  /** It can take its first text. */
  ready(thread: RenderThread): void;
  /** It has answered its text and can take another. */
  free(thread: RenderThread): void;
  /** It is gone: its time was up, it ran out of memory, or it broke. Its job, if any, is not settled. */
  gone(thread: RenderThread, reason: Error): void;
}

export class RenderThread {
  job: RenderJob | undefined;
  isReady = false;
  private timer: NodeJS.Timeout | undefined;
  private isGone = false;
  private readonly worker: InstanceType<typeof Worker>;

  constructor(
    file: string,
    private readonly events: Events,
  ) {
    this.worker = new Worker(file, {
      name: "render",
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    });
    this.worker.on("message", (answer: "ready" | Rendered) => this.heard(answer));
    this.worker.on("error", (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.worker.on("exit", (code) => this.end(new Error(`The render worker ended with code ${code}.`)));
  }

  /** Whether the process must stay alive for this thread. */
  keepAlive(wanted: boolean): void {
    if (wanted) this.worker.ref();
    else this.worker.unref();
  }

  /** Gives it a text; after `budgetMs` without an answer the thread is ended. */
  run(job: RenderJob, budgetMs: number): void {
    this.job = job;
    this.worker.postMessage({ source: job.source, options: job.options });
    this.timer = setTimeout(() => {
      // If this process was itself held up, the answer may have come in meanwhile: let it be heard first.
      setImmediate(() => {
        if (this.job === job) this.end(new Error(`Rendering took longer than ${budgetMs} ms.`));
      });
    }, budgetMs);
  }

  private heard(answer: "ready" | Rendered): void {
    if (this.isGone) return;
    if (answer === "ready") {
      this.isReady = true;
      this.events.ready(this);
      return;
    }
    clearTimeout(this.timer);
    this.job?.settle(answer);
    this.job = undefined;
    this.events.free(this);
  }

  private end(reason: Error): void {
    if (this.isGone) return;
    this.isGone = true;
    clearTimeout(this.timer);
    this.worker.terminate().catch(() => {});
    this.events.gone(this, reason);
  }
}
