// Before the end-to-end tests: builds the product when it is stale, starts it once for all of them, and finds the browser. What
// the tests need to know goes into the environment, which Playwright hands to its workers. `INSTANCES=2` starts it twice, on one
// database and one data folder, and every request of the stories reaches the other one (R93).
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";
import { chromiumOptions } from "@/tests/support/chromium";
import { instanceCount } from "@/tests/support/in-turns";
import { removeDataDir, startServer } from "@/tests/support/server";
import { startInTurns } from "@/tests/support/several";

export default async function setup(): Promise<() => Promise<void>> {
  process.env.E2E_LAUNCH = JSON.stringify(await chromiumOptions());
  // A site that runs already, for trying one test again and again:
  // E2E_ORIGIN=http://localhost:3000 DATA_DIR=data npx playwright test …
  if (process.env.E2E_ORIGIN) return async () => {};
  if (!(await isCurrent())) await buildSite();
  const env = { SECURITY_CONTACT: "mailto:security@example.org" };
  const count = instanceCount();
  const server = count > 1 ? await startInTurns(count, env) : await startServer({ env });
  process.env.E2E_ORIGIN = server.origin;
  // Where publish-article finds the database.
  process.env.DATA_DIR = server.dataDir;
  return async () => {
    const code = await server.stop();
    await removeDataDir(server.dataDir);
    const told = secretsIn(server.output());
    if (told.length > 0) throw new Error(`The log holds what no log may hold (R78): ${told.join("; ")}`);
    if (code !== 0) throw new Error(`The server ended with ${code}. It printed:\n${server.output()}`);
  };
}

/** What the stories type, get by mail or carry in cookies, and must not stand in any log; the link for the first admin is told on purpose. */
const secrets: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a password", /green pears for/],
  ["the token of a link", /(?<!first-run\?)token=[\w-]{40,}/],
  ["a mail address of a member", /[abcdefghkmprstwxyz]{10}@example\.org/],
  ["a cookie", /(^|[\s"])(__Host-)?colloquy[\w-]*=[\w.-]{20,}/m],
];

/** The secrets of the stories in what the server printed, each with the line around it. */
function secretsIn(output: string): string[] {
  return secrets.flatMap(([what, pattern]) => {
    const line = output.split("\n").find((text) => pattern.test(text));
    return line === undefined ? [] : [`${what} in: ${line.slice(0, 300)}`];
  });
}
