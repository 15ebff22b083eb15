// One worker thread of a pool: it starts, takes one order at a time, and ends when told to or when it dies.

// Asked for at run time, so that Next's bundler does not look for a worker to bundle.
const { Worker } = process.getBuiltinModule("node:worker_threads");

/** How many times its budget an order may take by the clock when the machine gives the thread no time to work. */
const patience = 4;

/** What is new in a worker's heap, in MiB. By itself Node lets it grow to 48, which one text never needs and each thread keeps. */
const youngMemoryMiB = 12;

export interface WorkerJob<Order, Answer> {
  order: Order;
  settle: (answer: Answer) => void;
  /** Workers that died while they had it. */
  deaths: number;
}

interface Events<Order, Answer> {
  /** It can take its first order. */
  ready(thread: WorkerThread<Order, Answer>): void;
  /** It has answered its order and can take another. */
  free(thread: WorkerThread<Order, Answer>): void;
  /** It is gone: its time was up (`OverBudget`), it ran out of memory, or it broke. Its job, if any, is not settled. */
  gone(thread: WorkerThread<Order, Answer>, reason: Error): void;
}

/** The order took more time than it may. */
export class OverBudget extends Error {}

export class WorkerThread<Order, Answer> {
  job: WorkerJob<Order, Answer> | undefined;
  isReady = false;
  private timer: NodeJS.Timeout | undefined;
  private isGone = false;
  private readonly worker: InstanceType<typeof Worker>;

  constructor(
    { file, name, memoryMiB }: { file: string; name: string; memoryMiB: number },
    private readonly events: Events<Order, Answer>,
  ) {
    this.worker = new Worker(file, {
      name,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB, maxYoungGenerationSizeMb: youngMemoryMiB },
    });
    this.worker.on("message", (answer: "ready" | Answer) => this.heard(answer));
    this.worker.on("error", (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.worker.on("exit", (code) => this.end(new Error(`The ${name} ended with code ${code}.`)));
  }

  /** Whether the process must stay alive for this thread. */
  keepAlive(wanted: boolean): void {
    if (wanted) this.worker.ref();
    else this.worker.unref();
  }

  /** Gives it an order; when it has worked on it for `budgetMs` without an answer, the thread is ended. */
  run(job: WorkerJob<Order, Answer>, budgetMs: number): void {
    this.job = job;
    this.worker.postMessage(job.order);
    this.watch(job, { budgetMs, startedAt: performance.now(), usage: process.cpuUsage() });
  }

  private watch(
    job: WorkerJob<Order, Answer>,
    start: { budgetMs: number; startedAt: number; usage: NodeJS.CpuUsage },
  ): void {
    const { budgetMs, startedAt } = start;
    const { user, system } = process.cpuUsage(start.usage);
    // The thread cannot have worked longer than the whole process has: on a crowded machine it may hardly have begun.
    const left = Math.max(budgetMs - (user + system) / 1_000, budgetMs - (performance.now() - startedAt), 0);
    const isOver = left < 1 || performance.now() - startedAt > budgetMs * patience;
    if (isOver) {
      this.end(new OverBudget(`It took longer than ${budgetMs} ms.`));
      return;
    }
    this.timer = setTimeout(() => {
      // If this process was itself held up, the answer may have come in meanwhile: let it be heard first.
      setImmediate(() => {
        if (this.job === job) this.watch(job, start);
      });
    }, left);
  }

  private heard(answer: "ready" | Answer): void {
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
