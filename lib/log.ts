// The server's log: JSON lines for machines, short lines where a person is watching. What people wrote and who they are
// (bodies, cookies, tokens, addresses) does not belong here.
import { write, writeSync } from "node:fs";
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

/** What waits to be written while the system takes nothing; further lines are lost, and how many is said when it does again. */
const mostWaiting = 4 * 1024 * 1024;

/** After the other end of a pipe took nothing, in milliseconds. */
const pauseMs = 50;

/**
 * Lines on their way to a file, a pipe or a terminal: written as fast as the system takes them, several at once when it is slow, since a
 * reader must not wait for a line about them, and all of it before the process ends. A full disk or a pipe that nobody reads any more
 * loses lines and does nothing else (F10): the site goes on.
 */
class Lines implements DestinationStream {
  private waiting: string[] = [];
  private characters = 0;
  private lost = 0;
  private isWriting = false;

  constructor(private readonly file: number) {
    process.on("exit", () => this.end());
  }

  write(line: string): void {
    if (this.characters + line.length > mostWaiting) {
      this.lost++;
      return;
    }
    this.waiting.push(line);
    this.characters += line.length;
    if (this.isWriting) return;
    this.isWriting = true;
    // What is logged just before the end is still here at the end.
    setImmediate(() => this.next());
  }

  private next(): void {
    const bytes = Buffer.from(this.waiting.join(""));
    this.waiting = [];
    this.characters = 0;
    this.isWriting = bytes.length > 0;
    if (this.isWriting) this.put(bytes);
  }

  private put(bytes: Buffer): void {
    write(this.file, bytes, (error, written) => {
      if (error?.code === "EAGAIN") setTimeout(() => this.put(bytes), pauseMs).unref();
      else if (error) this.lose(bytes);
      else if (written < bytes.length) this.put(bytes.subarray(written));
      else this.took();
    });
  }

  private lose(bytes: Buffer): void {
    this.lost += bytes.toString().split("\n").length - 1;
    this.next();
  }

  private took(): void {
    const { lost } = this;
    this.lost = 0;
    if (lost > 0)
      this.waiting.push(`{"level":"warn","lost":${lost},"msg":"Lines of this log could not be written."}\n`);
    this.next();
  }

  private end(): void {
    try {
      writeSync(this.file, this.waiting.join(""));
    } catch {
      // There is nowhere left to say it.
    }
  }
}

function destination(): DestinationStream {
  if (!process.stderr.isTTY) return once("log-destination", () => new Lines(2));
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
