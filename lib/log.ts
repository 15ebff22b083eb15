// The server's log: JSON lines for machines, short lines where a person is watching. What people wrote and who they are
// (bodies, cookies, tokens, addresses) does not belong here.
import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { stackOf } from "@/lib/stack";

/** Names under which a secret could slip in with an object that is logged whole. */
const secrets = ["cookie", "authorization", "password", "token", "secret", "editToken", "databaseUrl"];

/** One line a person can read: the time, the level unless it is plain information, the message, what else is known. */
function readableLine(json: string): string {
  const { time, level, msg, ...rest } = JSON.parse(json);
  const word = level === "info" ? "" : `${String(level)}: `;
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : "";
  return `${String(time).slice(11, 19)} ${word}${String(msg ?? "")}${details}\n`;
}

/**
 * Written as fast as the system takes it, several lines at once when it is slow, and all of it before the process ends: a reader must not
 * wait for a line about them.
 */
function destination(): DestinationStream {
  if (!process.stderr.isTTY) return once("log-destination", () => pino.destination({ dest: 2, sync: false }));
  return { write: (json) => process.stderr.write(readableLine(json)) };
}

const form = (): LoggerOptions => ({
  level: env().logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: (error: Error) => ({ ...pino.stdSerializers.err(error), stack: stackOf(error) }) },
});

/** The process's logger. */
export function log(): Logger {
  return once("log", () => {
    const paths = secrets.flatMap((name) => [name, `*.${name}`]);
    return pino({ ...form(), redact: { paths, censor: "(hidden)" } }, destination());
  });
}

/** For one line about each request: flat, of names that are all known, so that nothing has to be looked for and hidden. */
export function requestLog(): Logger {
  return once("request-log", () => pino(form(), destination()));
}
