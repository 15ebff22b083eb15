// npm run instances: several Colloquys on this machine behind one address, on the Postgres of DATABASE_URL. See docs/scaling.md.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import { env } from "@/lib/env";
import { hasNginx, startBalancer } from "@/scripts/balancer";
import { isForThePerson, StartError } from "@/scripts/start-error";

/** One for each processor is enough; far more only fight over them and over the database's connections. */
const most = 32;

/** How often to see whether an instance is ready, in milliseconds. */
const lookEvery = 250;

const program = new Command("npm run instances --")
  .description("Several instances behind nginx, which listens on PORT; they listen on the ports after it.")
  .argument("[count]", "how many", countOf, 2)
  .action(run);

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new InvalidArgumentError(`Give a number from 1 to ${most}.`);
  return count;
}

async function run(count: number): Promise<void> {
  const { port, publicOrigin, databaseUrl, dataDir } = env();
  if (!databaseUrl)
    throw new StartError("Several instances share a Postgres of their own: give its address with DATABASE_URL.");
  if (!hasNginx())
    throw new StartError("There is no nginx here. Install it, or start the instances by hand as docs/scaling.md says.");
  const ports = Array.from({ length: count }, (_, number) => port + 1 + number);
  const running: ChildProcess[] = [];
  let stopping = false;
  const stop = () => {
    stopping = true;
    for (const child of running) child.kill("SIGTERM");
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);

  for (const own of ports) {
    const child = spawn(process.execPath, ["start.mjs"], {
      env: {
        ...process.env,
        ...{ PORT: String(own), HOST: "127.0.0.1", PUBLIC_ORIGIN: publicOrigin, DATA_DIR: dataDir },
        TRUSTED_PROXIES: [process.env.TRUSTED_PROXIES, "127.0.0.1"].filter(Boolean).join(" "),
      },
      stdio: "inherit",
    });
    running.push(child);
    // One after the other: the first builds the site and changes the tables.
    await ready(own, publicOrigin, child);
    if (stopping) break;
  }
  const stopBalancer = stopping ? async () => {} : await startBalancer({ port, instances: ports });
  if (!stopping) console.log(`\n  ${count} instances behind ${publicOrigin}. Ctrl-C stops all.\n`);
  await Promise.all(running.map((child) => child.exitCode ?? once(child, "close")));
  await stopBalancer();
}

async function ready(port: number, publicOrigin: string, child: ChildProcess): Promise<void> {
  const { host } = new URL(publicOrigin);
  while (child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { host } }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
  throw new StartError("An instance did not start; what it said stands above.");
}

try {
  await program.parseAsync();
} catch (error) {
  if (!isForThePerson(error)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
