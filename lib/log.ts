// The server's log: JSON lines for machines, short lines where a person is watching. What people wrote and who they are
// (bodies, cookies, tokens, addresses) does not belong here.
import pino, { type DestinationStream, type Logger } from "pino";
import { env } from "@/lib/env";
import { once } from "@/lib/once";

/** Names under which a secret could slip in with an object that is logged whole. */
const secrets = ["cookie", "authorization", "password", "token", "secret", "editToken", "databaseUrl"];

/** One line a person can read: the time, the level unless it is plain information, the message, what else is known. */
function readableLine(json: string): string {
  const { time, level, msg, ...rest } = JSON.parse(json);
  const word = level === "info" ? "" : `${String(level)}: `;
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : "";
  return `${String(time).slice(11, 19)} ${word}${String(msg ?? "")}${details}\n`;
}

function destination(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination({ dest: 2, sync: true });
  return { write: (json) => process.stderr.write(readableLine(json)) };
}

/** The process's logger. */
export function log(): Logger {
  return once("log", () =>
    pino(
      {
        level: env().logLevel,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: "(hidden)" },
      },
      destination(),
    ),
  );
}
