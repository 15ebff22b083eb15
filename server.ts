// Starts everything, in this order: environment, build, database, migrations, first-run content, Next, the front door. Whatever
// stops it says so in one sentence with what to do. `start.mjs` runs it, built or, where it must be built first, as it is. The front door is a process of its own, which keeps the finished pages; this one
// draws them, writes, and does the jobs.
import { stopMailsPath } from "@/lib/domain/mail";
import { staleKeys } from "@/lib/domain/page-keys";
import { inThisProcess } from "@/lib/edge/exchange";
import { createFrontDoor } from "@/lib/edge/front-door";
import { createInside } from "@/lib/edge/inside";
import { announcePurgesBy, hearOthers, listenForPurges, purgeHere, purgePages } from "@/lib/edge/purge-pages";
import { startWatchdog } from "@/lib/edge/watchdog";
import { processName } from "@/lib/edge/wrote";
import { env, siteSecret } from "@/lib/env";
import type { Jobs } from "@/lib/jobs/queue";
import { tellChangesTo } from "@/lib/jobs/tell";
import { log, requestLog } from "@/lib/log";
import { forgetChanged } from "@/lib/services/forget-settings";
import { isReady } from "@/lib/services/readiness";
import { joinPurgeBus } from "@/lib/store/purge-bus";
import { becomeAdminLink } from "@/scripts/become-admin";
import { plantWhenEmpty } from "@/scripts/first-site";
import { listenOn, refuseBusyPort, settlePort } from "@/scripts/listening";
import { development } from "@/scripts/node-env.mjs";
import { openDatabase } from "@/scripts/open-database";
import { openDoor } from "@/scripts/open-door";
import { createProgress } from "@/scripts/progress";
import { prepareShutdown } from "@/scripts/shutdown";
import { isForThePerson } from "@/scripts/start-error";
import { watchWriting } from "@/scripts/watch-writing";
import { welcome } from "@/scripts/welcome";

/** How long requests in flight may take after the signal to stop (R91), in milliseconds. */
const grace = 10_000;

const say = (words: string) => process.stdout.write(`${words}\n`);
const shutdown = prepareShutdown(say);

async function startNext() {
  const { default: next } = await import("next");
  const { host, port } = env();
  const app = next({
    dev: development,
    dir: process.cwd(),
    customServer: true,
    hostname: host,
    port,
  });
  await app.prepare();
  return app;
}

/** @returns whether anything was built */
async function buildWhenStale(isCurrent: boolean, tell: (words: string) => void): Promise<boolean> {
  if (!development && isCurrent) return false;
  const { buildSite, prepareDevelopment } = await import("@/scripts/build-site");
  if (!development) return buildSite(tell);
  await prepareDevelopment();
  return false;
}

async function startAll(isCurrent: boolean): Promise<void> {
  const progress = createProgress();
  await settlePort();
  const { host, port, publicOrigin, dataDir, trustedProxies, insecureLan, redisUrl, readOnly } = env();
  await refuseBusyPort({ host, port });
  if (process.env.SECRET) siteSecret(); // One that is too short stops the start, not the first visitor.

  const built = await progress.step(development ? "Preparing development" : "Building the site, once", (tell) =>
    buildWhenStale(isCurrent, tell),
  );

  // Next needs no database to get ready, and Postgres starts beside it.
  const gettingReady = startNext();
  gettingReady.catch(() => {}); // A failure is thrown below, where it is awaited.
  const database = await progress.step("Opening the database", (tell) =>
    openDatabase({ onStep: tell, onTrouble: (words) => log().error(words) }),
  );
  siteSecret(); // Made before anybody needs it.
  shutdown.atEnd("database", database.close);
  shutdown.whenForced(database.abandon);
  const bus = joinPurgeBus({
    ...{ name: processName(), onPurge: purgeHere, redisUrl },
    onHeard: (isHeard) => hearOthers(isHeard ? undefined : Date.now()),
  });
  shutdown.atEnd("bus", bus.close);
  announcePurgesBy(bus.announce);
  listenForPurges({ purge: forgetChanged, unsure: () => {} });
  tellChangesTo((events) => purgePages(events.flatMap(staleKeys)));
  const planted = await progress.step("Putting in something to read", () => plantWhenEmpty(publicOrigin));
  let jobs: Promise<Jobs> | undefined;
  shutdown.atEnd("jobs", async () => (await jobs)?.stop());

  const [app, becomeAdmin] = await progress.step("Starting Next", () =>
    Promise.all([gettingReady, becomeAdminLink(publicOrigin)]),
  );
  shutdown.atEnd("Next", () => app.close());
  const watchdog = startWatchdog((ms) => log().error({ ms }, "The process stood still."));
  shutdown.atEnd("watchdog", async () => watchdog.stop());
  const endWatch = await watchWriting({
    ...{ dataDir, readOnly },
    onChange: (cause) =>
      cause ? log().warn({ cause }, "Open for reading only.") : log().info("Open for writing again."),
  });
  shutdown.atEnd("disk watch", async () => endWatch());
  const ready = async () => !watchdog.stalled() && (await isReady());
  const handler = app.getRequestHandler();
  const openPosts = [stopMailsPath];
  if (development) {
    // Hot reload has a socket of its own to this process, and its pages are never kept.
    const door = createFrontDoor({
      ...{ publicOrigin, trustedProxies, insecureLan, openPosts, ready, dev: true },
      handler: inThisProcess(handler),
      log: ({ time: _, ...record }) => requestLog().info(record),
    });
    await listenOn(door.server, { host, port });
    shutdown.atEnd("front door", () => door.close(grace));
  } else {
    const door = await openDoor({
      inside: createInside({
        ...{ handler, ready },
        onFailure: (err, id) => log().error({ err, id }, "A request could not be answered."),
      }),
      ...{ place: { host, port }, processName: processName(), openPosts },
      onTrouble: (words) => log().error(words),
      onEnd: () => void shutdown.end(1),
    });
    shutdown.atEnd("front door", () => door.close(grace));
    listenForPurges(door);
  }

  const facts = { origin: publicOrigin, dataDir, applied: database.applied, built, planted, development, becomeAdmin };
  process.stdout.write(
    welcome({ ...facts, embeddedPort: database.embeddedPort, took: performance.now() }, Boolean(process.stdout.isTTY)),
  );

  // Last, because it loads what the front door can do without.
  jobs = import("@/lib/jobs/queue").then(({ startJobs }) => startJobs());
  await jobs;
}

/** @param isCurrent whether nothing needs to be built */
export async function start({ isCurrent }: { isCurrent: boolean }): Promise<void> {
  try {
    await startAll(isCurrent);
  } catch (error) {
    if (isForThePerson(error)) process.stderr.write(`\n  Colloquy could not start.\n\n  ${error.message}\n\n`);
    else
      process.stderr.write(
        `\n  Colloquy could not start, for a reason it does not know:\n\n${error instanceof Error ? error.stack : String(error)}\n`,
      );
    await shutdown.end(1);
  }
}
