// Settings that are addresses: of the site itself, its database and bus, whom to tell of weaknesses.
import { EnvError } from "@/lib/env/env-error";

/** Whether an address leads to this machine, so that nothing that is said there crosses a network. */
export function isThisMachine({ hostname }: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

export function parseOrigin(value: string, insecureLan: boolean): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search || url.username) {
    throw new EnvError(
      `PUBLIC_ORIGIN is "${value}". Give the address people type, like https://talk.example.org, with no path.`,
    );
  }
  if (url.protocol === "http:" && !isThisMachine(url) && !insecureLan) {
    throw new EnvError(
      `PUBLIC_ORIGIN is "${value}", without https. Put a TLS proxy in front and give its https address, or set INSECURE_LAN=1 if this is a private network.`,
    );
  }
  return url.origin;
}

export function parseDatabaseUrl(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol)) {
    throw new EnvError(
      `${name} is not a Postgres address. It should look like postgresql://user:password@host:5432/database; leave it out to use the embedded database.`,
    );
  }
  return value;
}

export function parseRedisUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^rediss?:$/.test(new URL(value).protocol)) {
    throw new EnvError(
      "REDIS_URL is no address of a Redis or Valkey. It should look like redis://:password@host:6379/0, or rediss://… for TLS; leave it out to use Postgres.",
    );
  }
  return value;
}

export function parseContact(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^(mailto|https):$/.test(url.protocol)) {
    throw new EnvError(
      `SECURITY_CONTACT is "${value}". Give where to report a weakness, like mailto:security@example.org or an https address.`,
    );
  }
  return url.href;
}
