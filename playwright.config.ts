// The end-to-end tests: real Chromium against the built product. Stories tagged @no-javascript run once more without scripts.
import { defineConfig, devices, type LaunchOptions } from "@playwright/test";

// Both are set by tests/support/built-site before the workers, which read this file again, begin.
const baseURL = process.env.E2E_ORIGIN;
const launchOptions: LaunchOptions = JSON.parse(process.env.E2E_LAUNCH ?? "{}");

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/built-site.ts",
  fullyParallel: true,
  // Every third moment of a story is waiting; three of them keep two cores busy.
  workers: 3,
  forbidOnly: true,
  // A test that passes only at the second try is a test that fails.
  retries: 0,
  // Whoever waits so long waits in vain; less than that may be a busy machine.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    launchOptions,
    // A tenth of the time of all stories. To look into one: npx playwright test … --trace on
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "chromium", grepInvert: /@only-no-javascript/ },
    { name: "no-javascript", grep: /@(only-)?no-javascript/, use: { javaScriptEnabled: false } },
  ],
});
