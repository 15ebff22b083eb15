// A process that logs and prints as the server does, and says by its exit that it went on: 7, after all its lines were tried.
import "@/scripts/node-env.mjs";
import { setTimeout as pause } from "node:timers/promises";
import { log } from "@/lib/log";

for (let nth = 1; nth <= 3; nth++) {
  log().info({ nth }, "A line.");
  process.stdout.write("Words.\n");
  console.error("Words of a library.");
  await pause(20);
}
log().info("The last line, before the process ends.");
process.exit(7);
