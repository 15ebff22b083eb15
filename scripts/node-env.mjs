// Sets what Node goes by before anything that depends on it is loaded; start.mjs imports this file first. `--dev` means hot reload.

import { setFlagsFromString } from "node:v8";

/** Whether this is `npm run dev`. */
export const development = process.argv.includes("--dev");

Object.assign(process.env, { NODE_ENV: development ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });

/**
 * tsx asks Node to keep the source maps of everything that is loaded, some 180 MB of Next's own and ours; errors are told with lib/stack.
 * Whoever wants them kept: NODE_OPTIONS=--enable-source-maps npm start
 */
export function keepNoSourceMaps() {
  const wanted = `${process.env.NODE_OPTIONS} ${process.execArgv}`.includes("--enable-source-maps");
  if (!development && !wanted) process.setSourceMapsEnabled(false);
}
keepNoSourceMaps();

// A full disk under what is printed, or a pipe that nobody reads any more, is no reason to stop (F10).
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

// V8 lets the heap grow to two and a half times of what is in use before it tidies up. Half as much again kept the server at 550 MB where
// it had come to 747 (bench/README.md).
if (!development) setFlagsFromString("--heap-growing-percent=50");
