// The front door's own process: it keeps the finished pages and answers with them while the process behind draws others. It has no
// database and no framework, so nothing in it ever takes long. It lives and ends with the process that started it.

import { rmSync } from "node:fs";
import type { FromDoor, ToDoor } from "@/lib/edge/door-messages";
import { createFrontDoor, type FrontDoor } from "@/lib/edge/front-door";
import { insideAt } from "@/lib/edge/pass-inside";
import { hearOthers, purgeHere } from "@/lib/edge/purge-pages";
import { startWatchdog } from "@/lib/edge/watchdog";
import { takeProcessName } from "@/lib/edge/wrote";
import { env } from "@/lib/env";
import { log, requestLog } from "@/lib/log";

let door: FrontDoor | undefined;
let socketFolder: string | undefined;

const say = (message: FromDoor) => process.send?.(message);

function open({ socketPath, folder, processName, openPosts }: Extract<ToDoor, { kind: "open" }>): void {
  socketFolder = folder;
  const { host, port, publicOrigin, trustedProxies, insecureLan, pageStoreBytes } = env();
  takeProcessName(processName);
  const inside = insideAt(socketPath);
  const watchdog = startWatchdog((ms) => log().error({ ms }, "The front door stood still."));
  door = createFrontDoor({
    ...{ publicOrigin, trustedProxies, insecureLan, openPosts },
    handler: inside.handler,
    ready: async () => !watchdog.stalled() && (await inside.ready()),
    log: ({ time: _, ...record }) => requestLog().info(record),
    pages: { bytes: pageStoreBytes },
  });
  const refused = ({ code, message }: NodeJS.ErrnoException) =>
    process.send?.({ kind: "refused", code, message } satisfies FromDoor, () => process.exit(1));
  door.server.once("error", refused);
  door.server.listen(port, host, () => {
    door?.server.off("error", refused);
    say({ kind: "listening" });
  });
}

process.on("message", (message: ToDoor) => {
  if (message.kind === "open") open(message);
  else if (message.kind === "unsure") hearOthers(message.since);
  else if (message.kind === "purge") {
    void purgeHere(message.keys).then(() => say({ kind: "purged", number: message.number }));
  } else {
    void Promise.resolve(door?.close(message.graceMs)).then(() => process.exit(0));
  }
});

// Signals come to the whole group; when to end, the process behind says, or its own end does.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => {
  // The process behind was killed and could not.
  if (socketFolder) rmSync(socketFolder, { recursive: true, force: true });
  process.exit(0);
});
