import "server-only";
// Logging in through other services. The one module that knows next-auth, which does the talking: state, PKCE, nonce, signatures.
// Who somebody is here, and their session, is decided by `enter-by-provider`; of next-auth's own pages and routes none is served.
import NextAuth, { type AuthOptions } from "next-auth";
import { safeReturnPath } from "@/lib/domain/account";
import { isDomainError } from "@/lib/domain/errors";
import { env, keyFor } from "@/lib/env";
import { log } from "@/lib/log";
import type { Context } from "@/lib/services/context";
import { type Entered, type EntryPurpose, enterByProvider } from "@/lib/services/enter-by-provider";
import { self } from "@/lib/services/own-account";
import { requireMayLink } from "@/lib/services/own-providers";
import type { Browser } from "@/lib/services/start-session";
import { stackOf } from "@/lib/stack";
import { describeProvider, identityOf } from "@/lib/web/auth-providers";
import { type AuthRefusal, authRefusalOf, refusedPath } from "@/lib/web/auth-refusals";
import { cookieName } from "@/lib/web/cookies";
import { markOf, purposeOf } from "@/lib/web/provider-link";

/** The services that are switched on, for the buttons of pages. Each is asked for by a form that posts to `/api/auth/signin/ID`. */
export function configuredProviders(): { id: string; name: string }[] {
  return env().authProviders.map(({ id, name }) => ({ id, name }));
}

export interface AuthAnswer {
  /** Where to go: the service, or a path of ours. */
  goTo: string;
  /** Lines for `Set-Cookie`. */
  setCookies: string[];
  entered?: Entered;
}

interface Conversation {
  method: "GET" | "POST";
  /** What next-auth calls its routes. */
  route: string[];
  query?: Record<string, string>;
  body?: Record<string, string>;
  cookies: Record<string, string>;
}

/**
 * Sends somebody to a service. Called for forms of our own origin only; next-auth's token against forged forms is asked for and given
 * here, so that the form works without it.
 * @returns null when there is no such service
 * @throws DomainError `unauthenticated`, `forbidden` when they wish to link or confirm but may not
 */
export async function beginLogIn(
  ctx: Context,
  wish: { provider: string; returnTo: string | undefined; purpose: EntryPurpose; cookies: Record<string, string> },
): Promise<AuthAnswer | null> {
  if (!configuredProviders().some(({ id }) => id === wish.provider)) return null;
  const { purpose } = wish;
  if (purpose === "link") requireMayLink(ctx);
  if (purpose === "confirm") self(ctx);
  const options = optionsFor(async () => refusedPath("provider.failed"));
  const token = await converse(options, { method: "GET", route: ["csrf"], cookies: wish.cookies });
  const cookies = { ...wish.cookies, ...valuesOf(token.setCookies) };
  const body = {
    csrfToken: String(Reflect.get(Object(token.body), "csrfToken")),
    callbackUrl: safeReturnPath(wish.returnTo),
  };
  // Whoever sits at a browser left open must not be waved through by the service's own log-in.
  const query = purpose === "confirm" ? { prompt: "login" } : undefined;
  const sent = await converse(options, { method: "POST", route: ["signin", wish.provider], query, body, cookies });
  const away = sent.redirect !== undefined && !isOwn(sent.redirect);
  const mark = markOf({ purpose, actor: ctx.actor, provider: wish.provider, now: ctx.now });
  return {
    goTo: away ? String(sent.redirect) : refusedPath("provider.unavailable"),
    setCookies: [...token.setCookies, ...sent.setCookies, cookieLine(names.link, mark)],
  };
}

/**
 * Takes somebody back from a service.
 * @returns null when there is no such service
 */
export async function finishLogIn(
  ctx: Context,
  back: { provider: string; query: Record<string, string>; cookies: Record<string, string>; browser: Browser },
): Promise<AuthAnswer | null> {
  const provider = env().authProviders.find(({ id }) => id === back.provider);
  if (!provider) return null;
  const dropLink = cookieLine(names.link, "");
  if (back.query.error === "access_denied") return { goTo: refusedPath("provider.denied"), setCookies: [dropLink] };
  const purpose = purposeOf(back.cookies[names.link], { actor: ctx.actor, provider: provider.id, now: ctx.now });
  let entered: Entered | undefined;
  const options = optionsFor(async (profile) => {
    try {
      const identity = identityOf(provider, profile);
      entered = await enterByProvider(ctx, { identity, browser: back.browser, purpose });
      return entered;
    } catch (error) {
      return refusedPath(refusalOf(error));
    }
  });
  const { query, cookies } = back;
  const answer = await converse(options, { method: "GET", route: ["callback", provider.id], query, cookies });
  const setCookies = [...answer.setCookies, dropLink];
  if (!entered) return { goTo: refusalIn(answer.redirect), setCookies };
  const returnTo = safeReturnPath(pathOf(answer.redirect));
  if (purpose === "confirm") return { goTo: withNews(returnTo, "confirmed"), setCookies, entered };
  // Who is new here had their names chosen for them, and can choose others.
  return { goTo: entered.isNew ? "/settings?news=named" : returnTo, setCookies, entered };
}

/** A path of ours with a word about what has just happened. */
function withNews(path: string, news: string): string {
  const url = new URL(path, env().publicOrigin);
  url.searchParams.set("news", news);
  return url.pathname + url.search + url.hash;
}

function refusalOf(error: unknown): AuthRefusal {
  if (!isDomainError(error)) {
    log().error({ error: stackOf(error) }, "unexpected");
    return "provider.failed";
  }
  if (error.code === "unavailable") return "unavailable";
  if (error.code === "rate_limited") return "signUp.too_often";
  return authRefusalOf(error.details.reason) ?? "provider.failed";
}

/** Our page for where next-auth would lead: to one of ours already, or to its own page for errors. */
function refusalIn(redirect: string | undefined): string {
  const path = pathOf(redirect);
  return path?.startsWith("/log-in/refused?") ? path : refusedPath("provider.failed");
}

function isOwn(address: string): boolean {
  return new URL(address, env().publicOrigin).origin === env().publicOrigin;
}

function pathOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const url = new URL(address, env().publicOrigin);
  return url.origin === env().publicOrigin ? url.pathname + url.search + url.hash : undefined;
}

const cookieNames = {
  sessionToken: "session",
  csrfToken: "oauth-csrf",
  callbackUrl: "oauth-return",
  state: "oauth-state",
  pkceCodeVerifier: "oauth-pkce",
  nonce: "oauth-nonce",
} as const;

const names = {
  get link(): string {
    return cookieName("oauth-link");
  },
};

function cookieOptions() {
  const secure = env().publicOrigin.startsWith("https:");
  return { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
}

/** A cookie that lasts as long as the browser is open; an empty value takes it away. */
function cookieLine(name: string, value: string): string {
  const { secure } = cookieOptions();
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}${value === "" ? "; Max-Age=0" : ""}`;
}

/** @param enter lets somebody in by what the service said, or names the page that says why not */
function optionsFor(enter: (profile: unknown) => Promise<Entered | string>): AuthOptions {
  // What `enter` did is what next-auth asks its store for afterwards.
  let entered: Entered | undefined;
  const cookies = Object.entries(cookieNames).map(
    ([role, name]) => [role, { name: cookieName(name), options: cookieOptions() }] as const,
  );
  return {
    providers: env().authProviders.map(describeProvider),
    secret: keyFor("next-auth").toString("base64url"),
    useSecureCookies: env().publicOrigin.startsWith("https:"),
    cookies: Object.fromEntries(cookies),
    session: { strategy: "database" },
    callbacks: {
      redirect: ({ url, baseUrl }) =>
        baseUrl + safeReturnPath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
      signIn: async ({ profile }) => {
        const outcome = await enter(profile);
        if (typeof outcome === "string") return outcome;
        entered = outcome;
        return true;
      },
    },
    adapter: {
      getUserByAccount: () =>
        entered ? { id: String(entered.userId), name: entered.displayName, email: "", emailVerified: null } : null,
      // The browser's session before this one is ended by the service that starts the new one.
      getSessionAndUser: () => null,
      createSession: ({ userId }) => {
        if (!entered) throw new Error("Nobody has entered.");
        const expires = new Date(Date.now() + entered.maxAge * 1_000);
        return { sessionToken: entered.sessionToken, userId, expires };
      },
    },
    logger: {
      // Up to the first comma: what comes after are values, which are nobody's business.
      error: (code, metadata) =>
        log().warn({ code, error: messageIn(metadata).split(/[,\n]/)[0] }, "log-in by provider"),
      warn: () => {},
      debug: () => {},
    },
  };
}

function messageIn(metadata: unknown): string {
  const error = metadata instanceof Error ? metadata : Reflect.get(Object(metadata), "error");
  return error instanceof Error ? error.message : "";
}

interface Spoken {
  redirect: string | undefined;
  body: unknown;
  setCookies: string[];
}

/** Asks next-auth one thing, as its own server would hear it. */
async function converse(options: AuthOptions, { route, body, query, ...rest }: Conversation): Promise<Spoken> {
  // The only place that it takes its own address from.
  process.env.NEXTAUTH_URL = env().publicOrigin;
  const headers = new Map<string, string | string[]>();
  const spoken: Spoken = { redirect: undefined, body: undefined, setCookies: [] };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json: (sent: unknown) => {
      spoken.body = sent;
    },
    send: (sent: unknown) => {
      spoken.body = sent;
    },
    end: () => {},
  };
  await NextAuth(options)({ ...rest, headers: {}, body, query: { ...query, nextauth: route } }, response);
  spoken.redirect = headers.get("location")?.toString();
  spoken.setCookies = [headers.get("set-cookie") ?? []].flat();
  return spoken;
}

/** The names and values of `Set-Cookie` lines, as a browser would send them back. */
function valuesOf(setCookies: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    setCookies.map((line) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      return [name, decodeURIComponent(value)];
    }),
  );
}
