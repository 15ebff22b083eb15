// Every setting that comes from the environment, parsed once. A wrong one stops the start with a sentence that says what to do.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
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
  screeningHook: { url: string; secret: string } | undefined;
  /** Where pictures and archives are kept; undefined: in the data folder. */
  s3: S3Place | undefined;
}

/** A store that speaks S3. */
export interface S3Place {
  /** Like "https://s3.example.org", without a path. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A service that says who somebody is. `oidc` is any that speaks OpenID Connect, found by its issuer. */
export type AuthProvider =
  | { id: "oidc"; name: string; issuer: string; clientId: string; clientSecret: string }
  | { id: "github" | "google"; name: string; clientId: string; clientSecret: string };

/** A mail server, as SMTP_URL names it. */
export interface SmtpAddress {
  host: string;
  port: number;
  /** TLS from the first byte. */
  implicitTls: boolean;
  /** Nothing is sent unless the server turns TLS on. */
  requireTls: boolean;
  /** Do not even try TLS. */
  ignoreTls: boolean;
  auth: { user: string; pass: string } | undefined;
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

const smtpPorts = { "smtp:": 587, "smtps:": 465 } as const;

function parseSmtpUrl(value: string | undefined): SmtpAddress | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url?.hostname || (url.protocol !== "smtp:" && url.protocol !== "smtps:") || !/^\/?$/.test(url.pathname)) {
    throw new EnvError(
      "SMTP_URL is no address of a mail server. It should look like smtps://user:password@mail.example.org, or smtp://…:587; leave it out to have mails put into the data folder.",
    );
  }
  const wish = url.searchParams.get("requireTLS");
  if ([...url.searchParams.keys()].some((key) => key !== "requireTLS") || (wish !== null && !/^[01]$/.test(wish))) {
    throw new EnvError(
      "SMTP_URL has a setting that Colloquy does not know. After the ? only requireTLS=1 or 0 can stand.",
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const ownMachine = /^(localhost|127(\.\d+){3}|::1)$/.test(host);
  const auth = url.username ? { user: decoded(url.username), pass: decoded(url.password) } : undefined;
  const implicitTls = url.protocol === "smtps:";
  // A password must not cross a network in clear unless somebody says so.
  const requireTls = implicitTls || (wish === null ? auth !== undefined && !ownMachine : wish === "1");
  return {
    host,
    port: Number(url.port || smtpPorts[url.protocol]),
    implicitTls,
    requireTls,
    // A mail server on this machine seldom has a certificate for "localhost", and there is no way in between to listen on.
    ignoreTls: ownMachine && !requireTls,
    auth,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new EnvError("SMTP_URL has a % in its user or password that stands for itself. Write it as %25.");
  }
}

function parseMailFrom(value: string | undefined): { name: string; address: string } | undefined {
  if (value === undefined) return undefined;
  const [, quoted, plain, bracketed, bare] =
    /^(?:"([^"<>]*)"\s*|([^"<>]*))<([^\s<>@]+@[^\s<>@]+)>$|^([^\s<>@,;"]+@[^\s<>@,;"]+)$/.exec(value) ?? [];
  const address = bracketed ?? bare;
  if (!address || /\p{Cc}/u.test(value)) {
    throw new EnvError(
      `MAIL_FROM is "${value}", which is no sender of mails. It should look like talk@example.org or Our Talk <talk@example.org>.`,
    );
  }
  return { name: (quoted ?? plain ?? "").trim(), address };
}

function parseAuthProviders(text: (name: string) => string | undefined): AuthProvider[] {
  const credentials = (idName: string, secretName: string) => {
    const [clientId, clientSecret] = [text(idName), text(secretName)];
    if (clientId && clientSecret) return { clientId, clientSecret };
    if (!clientId && !clientSecret) return undefined;
    throw new EnvError(
      `Of ${idName} and ${secretName} only one is set. Logging in there needs both; set both or none.`,
    );
  };
  const providers: AuthProvider[] = [];
  const issuer = parseIssuer(text("AUTH_OIDC_ISSUER"));
  const oidc = credentials("AUTH_OIDC_CLIENT_ID", "AUTH_OIDC_CLIENT_SECRET");
  if (Boolean(issuer) !== Boolean(oidc)) {
    throw new EnvError(
      "Logging in by OpenID Connect needs AUTH_OIDC_ISSUER, AUTH_OIDC_CLIENT_ID and AUTH_OIDC_CLIENT_SECRET. Set all three or none.",
    );
  }
  if (issuer && oidc) {
    providers.push({ id: "oidc", name: text("AUTH_OIDC_NAME") ?? new URL(issuer).host, issuer, ...oidc });
  }
  const github = credentials("AUTH_GITHUB_ID", "AUTH_GITHUB_SECRET");
  if (github) providers.push({ id: "github", name: "GitHub", ...github });
  const google = credentials("AUTH_GOOGLE_ID", "AUTH_GOOGLE_SECRET");
  if (google) providers.push({ id: "google", name: "Google", ...google });
  return providers;
}

function parseS3(text: (name: string) => string | undefined): S3Place | undefined {
  const endpoint = text("S3_ENDPOINT");
  const [bucket, accessKeyId, secretAccessKey] = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"].map(text);
  if (!endpoint && !bucket && !accessKeyId && !secretAccessKey) return undefined;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) {
    throw new EnvError(
      "Keeping files in an S3 store needs S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY. Set all four or none.",
    );
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const local = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const isPlace = url !== null && (url.protocol === "https:" || (local && url.protocol === "http:"));
  if (!isPlace || url.pathname !== "/" || url.search || url.username) {
    throw new EnvError(
      `S3_ENDPOINT is "${endpoint}". Give the store's https address without a path, like https://s3.example.org; the bucket goes into S3_BUCKET.`,
    );
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new EnvError(`S3_BUCKET is "${bucket}", which is no name of a bucket.`);
  }
  return { endpoint: url.origin, bucket, region: text("S3_REGION") ?? "us-east-1", accessKeyId, secretAccessKey };
}

function parseIssuer(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  const local = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (!url || (url.protocol !== "https:" && !(local && url.protocol === "http:")) || url.search || url.hash) {
    throw new EnvError(
      `AUTH_OIDC_ISSUER is "${value}". Give the issuer's https address as the service names it, like https://login.example.org/realms/ours.`,
    );
  }
  return value.replace(/\/$/, "");
}

function parseScreeningHook(address: string | undefined, secret: string | undefined): Env["screeningHook"] {
  if (address === undefined && secret === undefined) return undefined;
  if (!address || !secret) {
    throw new EnvError(
      "Of SCREENING_HOOK_URL and SCREENING_HOOK_SECRET only one is set. Asking for opinions needs both; set both or none.",
    );
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  const local = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (!url || (url.protocol !== "https:" && !(local && url.protocol === "http:")) || url.username || url.hash) {
    throw new EnvError(
      "SCREENING_HOOK_URL is no address that can be asked. Give an https address, or http on this machine, without user and password.",
    );
  }
  if (Buffer.byteLength(secret) < 32) {
    throw new EnvError("SCREENING_HOOK_SECRET is too short. Give at least 32 characters of randomness.");
  }
  return { url: url.href, secret };
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

function parseRedisUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^rediss?:$/.test(new URL(value).protocol)) {
    throw new EnvError(
      "REDIS_URL is no address of a Redis or Valkey. It should look like redis://:password@host:6379/0, or rediss://… for TLS; leave it out to use Postgres.",
    );
  }
  return value;
}

/** @returns bytes */
function parsePageStore(value: string): number {
  const megabytes = Number(value);
  if (!(megabytes >= 1 && megabytes <= 65_536)) {
    throw new EnvError(`PAGE_STORE_MB is "${value}". Give the megabytes of memory for finished pages, like 64.`);
  }
  return megabytes * 1024 * 1024;
}

function parseContact(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^(mailto|https):$/.test(url.protocol)) {
    throw new EnvError(
      `SECURITY_CONTACT is "${value}". Give where to report a weakness, like mailto:security@example.org or an https address.`,
    );
  }
  return url.href;
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
