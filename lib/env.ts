// Every setting that comes from the environment, parsed once. A wrong one stops the start with a sentence that says what to do.
import { createHmac, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { once } from "@/lib/once";

export interface Env {
  port: number;
  host: string;
  /** The one origin the site is reached by, without a trailing slash. */
  publicOrigin: string;
  dataDir: string;
  /** Undefined: the embedded Postgres, whose address `server.ts` fills in through `useDatabase`. */
  databaseUrl: string | undefined;
  /** The owner's address for migrations when the application's role may not change tables. */
  migrationDatabaseUrl: string | undefined;
  /** CIDR networks whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  rateLimitFactor: number;
  logLevel: string;
  insecureLan: boolean;
}

/** A setting is wrong. The message is a sentence for the person who starts the server. */
export class EnvError extends Error {}

function parseEnv(source: Record<string, string | undefined>): Env {
  const text = (name: string) => source[name]?.trim() || undefined;
  const port = Number(text("PORT") ?? "3000");
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new EnvError(
      `PORT is "${text("PORT")}", which is no port. Give a number from 1 to 65535, or leave it out for 3000.`,
    );
  }
  const host = text("HOST") ?? "localhost";
  const insecureLan = text("INSECURE_LAN") === "1";
  return {
    port,
    host,
    publicOrigin: parseOrigin(text("PUBLIC_ORIGIN") ?? `http://localhost:${port}`, insecureLan),
    dataDir: resolve(/* turbopackIgnore: true */ text("DATA_DIR") ?? "data"),
    databaseUrl: parseDatabaseUrl("DATABASE_URL", text("DATABASE_URL")),
    migrationDatabaseUrl: parseDatabaseUrl("MIGRATION_DATABASE_URL", text("MIGRATION_DATABASE_URL")),
    trustedProxies: (text("TRUSTED_PROXIES") ?? "").split(/[\s,]+/).filter(Boolean),
    rateLimitFactor: parseFactor(text("RATE_LIMIT_FACTOR") ?? "1"),
    logLevel: text("LOG_LEVEL") ?? "info",
    insecureLan,
  };
}

function parseOrigin(value: string, insecureLan: boolean): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search || url.username) {
    throw new EnvError(
      `PUBLIC_ORIGIN is "${value}". Give the address people type, like https://talk.example.org, with no path.`,
    );
  }
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !local && !insecureLan) {
    throw new EnvError(
      `PUBLIC_ORIGIN is "${value}", without https. Put a TLS proxy in front and give its https address, or set INSECURE_LAN=1 if this is a private network.`,
    );
  }
  return url.origin;
}

function parseDatabaseUrl(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol)) {
    throw new EnvError(
      `${name} is not a Postgres address. It should look like postgresql://user:password@host:5432/database; leave it out to use the embedded database.`,
    );
  }
  return value;
}

function parseFactor(value: string): number {
  const factor = Number(value);
  if (!(factor > 0) || factor > 1e6)
    throw new EnvError(`RATE_LIMIT_FACTOR is "${value}". Give a number above 0, like 1 or 2.5.`);
  return factor;
}

/** The parsed environment of this process. @throws EnvError */
export function env(): Env {
  return once("env", () => parseEnv(process.env));
}

/** Tells the process which database to use; called by the starter once the embedded one runs. */
export function useDatabase(urls: { databaseUrl: string; migrationDatabaseUrl: string }): void {
  Object.assign(env(), urls);
}

/** The site's secret: from SECRET, or made once and kept in the data folder, readable by its owner alone. @throws EnvError */
export function siteSecret(): string {
  return once("secret", () => {
    const given = process.env.SECRET?.trim();
    if (given) {
      if (Buffer.byteLength(given) < 32)
        throw new EnvError("SECRET is too short. Give at least 32 characters of randomness.");
      return given;
    }
    const file = join(env().dataDir, "secret");
    if (!existsSync(file)) {
      mkdirSync(env().dataDir, { recursive: true });
      writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
    }
    chmodSync(file, 0o600);
    return readFileSync(file, "utf8").trim();
  });
}

/** A key for one purpose, derived from the site's secret, so that a value made for one use is worthless for another. */
export function keyFor(purpose: string): Buffer {
  return createHmac("sha256", siteSecret()).update(`colloquy:${purpose}`).digest();
}

export { parseEnv };
