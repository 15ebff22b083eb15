// Ending well (R91): no new visitors, those inside are served, then everything is closed in the order in which it was opened,
// backwards. Runs once, for Ctrl-C, SIGTERM and for errors nobody caught.
import { log } from "@/lib/log";

/** npm hands Ctrl-C on although the terminal has told us already; two signals this close are one, in milliseconds. */
const sameSignal = 700;

/** Longer than the front door's grace and Postgres' stop together usually take; then the process ends as it stands. */
const patience = 25_000;

/** How often to see whether npm is still there, in milliseconds. */
const parentInterval = 400;

interface Duty {
  name: string;
  run: () => Promise<void>;
}

interface Shutdown {
  /** Adds something to do at the end; what was added last is done first. */
  atEnd(name: string, run: () => Promise<void>): void;
  /** Adds something to do at once when the person does not want to wait. */
  whenForced(run: () => void): void;
  /** Ends the process. */
  end(exitCode: number): Promise<never>;
}

/** Listens for signals and uncaught errors from now on. @param say told when stopping begins and ends */
export function prepareShutdown(say: (words: string) => void): Shutdown {
  const duties: Duty[] = [];
  const forced: (() => void)[] = [];
  let began: number | undefined;

  const force = (code: number): never => {
    for (const run of forced) run();
    process.exit(code);
  };

  const end = async (exitCode: number): Promise<never> => {
    began = Date.now();
    setTimeout(() => force(1), patience).unref();
    for (const { name, run } of duties.reverse()) {
      await run().catch((error: unknown) => log().error({ err: error }, `Could not stop cleanly: ${name}.`));
    }
    process.exit(exitCode);
  };

  const onSignal = (signal: NodeJS.Signals) => {
    if (began === undefined) {
      say("Stopping: finishing what is in flight. Ctrl-C again stops at once.");
      void end(0);
    } else if (signal === "SIGINT" && Date.now() - began > sameSignal) {
      force(130);
    }
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal).on("SIGHUP", onSignal);

  // A signal to npm alone ends npm's shell, which does not pass it on; the server then finds itself with another parent.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(() => {
      if (process.ppid !== parent && began === undefined) void end(0);
    }, parentInterval).unref();
  }

  // After an error nobody caught, nobody knows what state things are in: serve who is inside, and leave (F32).
  const onError = (error: unknown) => {
    log().fatal({ err: error }, "An error nobody caught ends this process.");
    if (began === undefined) void end(1);
  };
  process.on("uncaughtException", onError).on("unhandledRejection", onError);

  return {
    atEnd: (name, run) => duties.push({ name, run }),
    whenForced: (run) => forced.push(run),
    end,
  };
}
