// Every setting that comes from the environment, parsed once. A wrong one stops the start with a sentence that says what to do.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseContact, parseDatabaseUrl, parseOrigin, parseRedisUrl } from "@/lib/env/address-settings";
import { type AuthProvider, parseAuthProviders } from "@/lib/env/auth-settings";
import { EnvError } from "@/lib/env/env-error";
import { parseMailFrom, parseSmtpUrl, type SmtpAddress } from "@/lib/env/mail-settings";
import { parseS3, parseScreeningHook, type S3Place, type ScreeningHook } from "@/lib/env/other-services";
import { parseFactor, parsePageStore } from "@/lib/env/sizes";
import { once } from "@/lib/once";

export interface Env {
  port: number;
  host: string;
  /** The one origin the site is reached by, without a trailing slash. */
  publicOrigin: string;
  dataDir: string;
  /** Undefined: the embedded Postgres, whose address `server.ts` fills in through `setDatabaseUrls`. */
  databaseUrl: string | undefined;
  /** The owner's address for migrations when the application's role may not change tables. */
  migrationDatabaseUrl: string | undefined;
  /** CIDR networks whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  rateLimitFactor: number;
  /** Redis or Valkey, by which several instances tell each other what is stale; undefined: Postgres does that. */
  redisUrl: string | undefined;
  /** Bytes of memory for finished pages. */
  pageStoreBytes: number;
  /** Nothing may be written, whatever the disk says. */
  readOnly: boolean;
  logLevel: string;
  insecureLan: boolean;
  /** The mail server; undefined: mails become files in the data folder. */
  smtp: SmtpAddress | undefined;
  /** Whom mails come from; undefined: noreply at the site's own name. */
  mailFrom: { name: string; address: string } | undefined;
  /** Whom to tell of a weakness of this site: a mailto: or https: address. */
  securityContact: string | undefined;
  /** Services by which people may log in besides passwords. */
  authProviders: AuthProvider[];
  /** Who is asked for an opinion on each comment; undefined: nobody. */
  screeningHook: ScreeningHook | undefined;
  /** Where pictures and archives are kept; undefined: in the data folder. */
  s3: S3Place | undefined;
}

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
    redisUrl: parseRedisUrl(text("REDIS_URL")),
    pageStoreBytes: parsePageStore(text("PAGE_STORE_MB") ?? "64"),
    readOnly: text("READ_ONLY") === "1",
    logLevel: text("LOG_LEVEL") ?? "info",
    insecureLan,
    smtp: parseSmtpUrl(text("SMTP_URL")),
    securityContact: parseContact(text("SECURITY_CONTACT")),
    mailFrom: parseMailFrom(text("MAIL_FROM")),
    authProviders: parseAuthProviders(text),
    s3: parseS3(text),
    screeningHook: parseScreeningHook(text("SCREENING_HOOK_URL"), text("SCREENING_HOOK_SECRET")),
  };
}

/** The parsed environment of this process. @throws EnvError */
export function env(): Env {
  return once("env", () => parseEnv(process.env));
}

/** Tells the process which database to use; called by the starter once the embedded one runs. */
export function setDatabaseUrls(urls: { databaseUrl: string; migrationDatabaseUrl: string }): void {
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
    if (!existsSync(file)) makeSecret(file);
    chmodSync(file, 0o600);
    const kept = readFileSync(file, "utf8").trim();
    if (Buffer.byteLength(kept) < 32)
      throw new EnvError(
        `${file} is damaged. Put it back from a backup; without one, delete it, and a new one is made.`,
      );
    return kept;
  });
}

/** The file appears whole or not at all; of two processes that make it at once, both go on with the one that was first. */
function makeSecret(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}

/** A key for one purpose, derived from the site's secret, so that a value made for one use is worthless for another. */
export function keyFor(purpose: string): Buffer {
  return createHmac("sha256", siteSecret()).update(`colloquy:${purpose}`).digest();
}

export { parseEnv };
