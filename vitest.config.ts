// The tests below the browser. Those that need Postgres share one cluster, which starts only when one of them runs.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Tests on the real database. */
const onDatabase = [
  "tests/{services,store,jobs,web,import,database}/**/*.test.ts",
  "tests/architecture/schema.test.ts",
];

/** So that no test makes or reads the secret of a real data folder. */
const env = { SECRET: "only for tests, and known to everybody" };

/** Tests that start whole servers and kill them. */
const onServers = ["tests/start/**/*.test.ts"];

/** Whoever waits so long, in milliseconds, waits in vain; less than that may be a busy machine. Above that of tests/support/condition. */
const patience = 240_000;

const resolve = {
  alias: {
    "@/": root,
    // Outside of Next nobody swaps this marker for nothing.
    "server-only": `${root}node_modules/server-only/empty.js`,
  },
};

export default defineConfig({
  resolve,
  test: {
    // Vitest leaves a core free, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      {
        resolve,
        test: {
          name: "plain",
          include: ["tests/**/*.test.ts"],
          exclude: [...onDatabase, ...onServers, "tests/e2e/**"],
          // One more than there are cores, since these wait for a browser or a socket now and then.
          maxWorkers: availableParallelism() + 1,
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        resolve,
        test: {
          name: "database",
          // Loading the modules anew for each file would take as long as the tests themselves.
          isolate: false,
          setupFiles: "tests/support/new-process.ts",
          include: onDatabase,
          sequence: { groupOrder: 1 },
          env,
          globalSetup: "tests/support/postgres.ts",
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        resolve,
        test: {
          name: "start",
          include: onServers,
          globalSetup: ["tests/support/build.ts", "tests/support/postgres.ts"],
          // A server that starts keeps one core busy; more of them would only keep each other waiting.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
