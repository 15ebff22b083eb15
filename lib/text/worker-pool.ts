// Work away from the thread that answers requests: worker threads of one kind, with a time budget and a memory limit each.
// What is too costly is answered in another way; a worker that dies is replaced, and nobody else notices (F31).
import { buildWorkerFile, type WorkerName, workerFile, workerIsStale } from "@/lib/text/worker-build";
import { OverBudget, type WorkerJob, WorkerThread } from "@/lib/text/worker-thread";

/** A longer queue means seconds of waiting, and a clear "busy" is kinder. */
const longestQueue = 64;
/** Starts that may fail in a row before waiting orders are answered in another way. */
const failuresInARow = 3;

/** What a pool does, and how. */
export interface Trade<Order, Answer> {
  worker: WorkerName;
  threads: number;
  /** Heap of one worker. */
  memoryMiB: number;
  /** Milliseconds of work on one order, waiting not counted. */
  budgetMs(order: Order): number;
  /** The answer when the budget is used up, the memory is, or the worker cannot be started. */
  instead(order: Order): Answer;
  /** For the log when no worker starts: what is missing on the site. */
  without: string;
}

/** The queue is full: answer 503 and keep the text. Tell it by `name`, because each of two module worlds has this class. */
export class WorkersBusy extends Error {
  override readonly name = "WorkersBusy";
}

export class WorkerPool<Order, Answer> {
  private readonly waiting: WorkerJob<Order, Answer>[] = [];
  private readonly threads = new Set<WorkerThread<Order, Answer>>();
  /** Threads promised whose file is not ready yet. */
  private starting = 0;
  private failures = 0;
  private file: Promise<string> | undefined;

  /** @param root the project's folder; nothing is started before the first order */
  constructor(
    private readonly root: string,
    private readonly trade: Trade<Order, Answer>,
  ) {}

  /** @throws WorkersBusy when too many orders are waiting already */
  ask(order: Order): Promise<Answer> {
    if (this.waiting.length >= longestQueue) {
      return Promise.reject(new WorkersBusy(`Too many orders are waiting for the ${this.trade.worker}.`));
    }
    return new Promise((settle) => {
      this.waiting.push({ order, settle, deaths: 0 });
      this.fill();
      this.hand();
    });
  }

  /** Starts the threads that are missing. */
  private fill(): void {
    while (this.threads.size + this.starting < this.trade.threads) {
      this.starting++;
      this.file ??= preparedFile(this.root, this.trade.worker);
      this.file.then(
        (file) => this.add(file),
        (error) => this.fileFailed(error),
      );
    }
  }

  private add(file: string): void {
    const { worker: name, memoryMiB } = this.trade;
    this.threads.add(
      new WorkerThread(
        { file, name, memoryMiB },
        {
          ready: () => {
            this.failures = 0;
            this.hand();
          },
          free: () => this.hand(),
          gone: (thread, reason) => this.replace(thread, reason),
        },
      ),
    );
    this.starting--;
    this.hand();
  }

  /** Gives waiting orders to free threads. The process stays alive for orders, not for idle threads. */
  private hand(): void {
    for (const thread of this.threads) {
      const job = thread.isReady && !thread.job ? this.waiting.shift() : undefined;
      if (job) thread.run(job, this.trade.budgetMs(job.order));
    }
    for (const thread of this.threads) thread.keepAlive(thread.job !== undefined || this.waiting.length > 0);
  }

  private replace(thread: WorkerThread<Order, Answer>, reason: Error): void {
    this.threads.delete(thread);
    if (thread.isReady) {
      if (thread.job) this.retryOrSettle(thread.job, reason);
      this.fill();
      this.hand();
    } else this.startFailed(reason);
  }

  /** A worker may die of what it did before; so its order is tried once more, unless it was the order that took too long. */
  private retryOrSettle(job: WorkerJob<Order, Answer>, reason: Error): void {
    job.deaths++;
    if (job.deaths > 1 || reason instanceof OverBudget) job.settle(this.trade.instead(job.order));
    else this.waiting.unshift(job);
  }

  private fileFailed(reason: unknown): void {
    this.starting--;
    this.startFailed(reason);
  }

  /** Tries again while somebody waits, a few times; then who waits is answered in another way, and the next order tries anew. */
  private startFailed(reason: unknown): void {
    this.file = undefined;
    this.failures++;
    if (this.waiting.length === 0) return;
    if (this.failures < failuresInARow) {
      this.fill();
      return;
    }
    this.failures = 0;
    console.error(`${this.trade.without}, because the ${this.trade.worker} does not start:`, reason);
    for (const job of this.waiting.splice(0)) job.settle(this.trade.instead(job.order));
  }
}

async function preparedFile(root: string, name: WorkerName): Promise<string> {
  if (workerIsStale(root, name)) await buildWorkerFile(root, name);
  return workerFile(root, name);
}

/** Everything of ours is started in the project's folder. The bundler must not follow the path. */
export function projectFolder(): string {
  return /* turbopackIgnore: true */ process.cwd();
}
