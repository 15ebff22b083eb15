// Logging in through another service, against one that can be told to lie, to be down, and to say who comes.
import { type MutableToken, OAuth2Server } from "oauth2-mock-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import { env } from "@/lib/env";
import type { AuthProvider } from "@/lib/env/auth-settings";
import { requireConfirmed, servicesThatConfirm } from "@/lib/services/confirm-identity";
import type { EntryPurpose } from "@/lib/services/enter-by-provider";
import { hashPassword } from "@/lib/services/hash-password";
import { identify } from "@/lib/services/identify";
import { logIn } from "@/lib/services/log-in";
import { readProviders, unlinkProvider } from "@/lib/services/own-providers";
import { type AuthAnswer, beginLogIn, configuredProviders, finishLogIn } from "@/lib/web/auth";
import { identityOf } from "@/lib/web/auth-providers";
import { aMember, by, refusalOf, stranger, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const server = new OAuth2Server();
let claims: Record<string, unknown>;
let provider: AuthProvider;

beforeAll(async () => {
  await server.issuer.keys.generate("RS256");
  await server.start(0, "localhost");
  server.service.on("beforeTokenSigning", (token: MutableToken) => Object.assign(token.payload, claims));
  const issuer = String(server.issuer.url);
  provider = { id: "oidc", name: "Our School", issuer, clientId: "colloquy", clientSecret: "a secret" };
});
afterAll(() => server.stop());

let people = 0;
beforeEach(() => {
  people++;
  env().authProviders = [provider];
  claims = {
    sub: `subject-${people}`,
    aud: "colloquy",
    email: `person${people}@example.org`,
    email_verified: true,
    name: `Person ${people} Lovelace`,
    preferred_username: `person.${people}`,
  };
});

/** One browser, which keeps cookies and follows links, as far as this needs it. */
class Visitor {
  readonly cookies: Record<string, string> = {};
  readonly browser = { device: "Firefox on Linux", deviceToken: `device-${people}` };
  actor: Actor = stranger;

  private keep({ setCookies }: AuthAnswer): void {
    for (const line of setCookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/i.test(line)) delete this.cookies[name];
      else this.cookies[name] = decodeURIComponent(value);
    }
  }

  /** Presses the button. */
  async begin(about: { returnTo?: string; purpose?: EntryPurpose } = {}): Promise<string> {
    const { returnTo, purpose = "enter" } = about;
    const wish = { provider: "oidc", returnTo, purpose, cookies: this.cookies };
    const answer = await beginLogIn(by(this.actor), wish);
    if (!answer) throw new Error("There is no such service.");
    this.keep(answer);
    return answer.goTo;
  }

  /** Is at the service, and is sent back with these query parameters. */
  async visit(address: string): Promise<Record<string, string>> {
    const response = await fetch(address, { redirect: "manual" });
    return Object.fromEntries(new URL(response.headers.get("location") ?? "").searchParams);
  }

  /** Comes back. */
  async finish(query: Record<string, string>): Promise<AuthAnswer> {
    const { cookies, browser } = this;
    const answer = await finishLogIn(by(this.actor), { provider: "oidc", query, cookies, browser });
    if (!answer) throw new Error("There is no such service.");
    this.keep(answer);
    this.actor = await identify({ session: this.cookies["colloquy-session"], visitor: undefined });
    return answer;
  }

  async goThrough(about: { returnTo?: string; purpose?: EntryPurpose } = {}): Promise<AuthAnswer> {
    return this.finish(await this.visit(await this.begin(about)));
  }
}

const memberOf = (visitor: Visitor): MemberActor => {
  if (visitor.actor.kind !== "member") throw new Error("Nobody is logged in.");
  return visitor.actor;
};

const countOf = async (table: string) => Number((await db.sql(`SELECT count(*) FROM ${table}`))[0]?.count);

describe("somebody new", () => {
  it("becomes a member with names near to theirs, and is led to where they can change them", async () => {
    const visitor = new Visitor();
    const answer = await visitor.goThrough({ returnTo: "/articles/bees#c-7" });
    expect(answer.goTo).toBe("/settings?news=named");
    const { handle, displayName, verified } = memberOf(visitor);
    expect({ handle, displayName, verified }).toEqual({
      handle: `person_${people}`,
      displayName: `Person ${people} Lovelace`,
      verified: true,
    });
  });

  it("has a session like any other: hashed, and unknown in the clear", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    const token = visitor.cookies["colloquy-session"] ?? "";
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await db.sql("SELECT s::text AS line FROM sessions s");
    expect(rows.map(({ line }) => String(line)).join()).not.toContain(token);
  });

  it("is known again by service and subject, whatever the address says now", async () => {
    const first = new Visitor();
    await first.goThrough();
    claims = { ...claims, email: "another@example.org", name: "Somebody Else", preferred_username: "else" };
    const again = new Visitor();
    const answer = await again.goThrough({ returnTo: "/topics" });
    expect(answer.goTo).toBe("/topics");
    expect(memberOf(again).userId).toBe(memberOf(first).userId);
    expect(memberOf(again).displayName).toBe(memberOf(first).displayName);
    expect(again.cookies["colloquy-session"]).not.toBe(first.cookies["colloquy-session"]);
  });

  it("gets another handle when theirs is a member's already", async () => {
    await aMember(`person_${people}`, `Person ${people} Lovelace`);
    const visitor = new Visitor();
    await visitor.goThrough();
    expect(memberOf(visitor)).toMatchObject({ handle: `person_${people}_2`, displayName: `person_${people}_2` });
  });

  it("whose service does not vouch for their address has none here", async () => {
    claims.email_verified = false;
    const visitor = new Visitor();
    await visitor.goThrough();
    const rows = await db.sql("SELECT email FROM users WHERE id = $1", [memberOf(visitor).userId]);
    expect(rows).toEqual([{ email: null }]);
  });

  it("never gets a role, whatever the service says", async () => {
    Object.assign(claims, { roles: ["ADMIN"], admin: true, groups: ["admin"] });
    const visitor = new Visitor();
    await visitor.goThrough();
    expect(memberOf(visitor).roles).toEqual([]);
  });
});

describe("an address that has an account here", () => {
  async function anOwner(): Promise<MemberActor> {
    const owner = await aMember(`owner_${people}`, `Owner ${people}`);
    const hash = await hashPassword("a long enough password");
    await db.sql("UPDATE users SET email = $1, email_verified_at = now(), password_hash = $2 WHERE id = $3", [
      claims.email,
      hash,
      owner.userId,
    ]);
    return owner;
  }

  it("lets nobody in and links nothing", async () => {
    await anOwner();
    const visitor = new Visitor();
    const members = await countOf("users");
    expect((await visitor.goThrough()).goTo).toBe("/log-in/refused?why=provider.address_taken");
    expect([visitor.actor.kind, await countOf("users")]).toEqual(["visitor", members]);
  });

  it("can be linked by its owner, who comes in by it from then on", async () => {
    const owner = await anOwner();
    const visitor = new Visitor();
    const { sessionToken } = await logIn(by(), {
      identifier: owner.handle,
      password: "a long enough password",
      browser: visitor.browser,
    });
    visitor.actor = await identify({ session: sessionToken, visitor: undefined });
    expect((await visitor.goThrough({ purpose: "link", returnTo: "/settings" })).goTo).toBe("/settings");
    expect((await readProviders(by(visitor.actor))).map((linked) => linked.provider)).toEqual(["oidc"]);
    const elsewhere = new Visitor();
    await elsewhere.goThrough();
    expect(memberOf(elsewhere).userId).toBe(owner.userId);

    await unlinkProvider(by(elsewhere.actor), { provider: "oidc" });
    expect((await new Visitor().goThrough()).goTo).toBe("/log-in/refused?why=provider.address_taken");
  });

  it("is not linked to the account that somebody happens to be logged in to", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    claims = { ...claims, sub: `another-${people}`, email: "second@example.org" };
    expect((await visitor.goThrough()).goTo).toBe("/log-in/refused?why=provider.link_needed");
  });

  it("is not linked when the password was asked for too long ago", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    const member = memberOf(visitor);
    visitor.actor = {
      ...member,
      session: { id: member.session?.id ?? 0, confirmedAt: new Date(Date.now() - 3_600_000) },
    };
    expect(await refusalOf(visitor.begin({ purpose: "link" }))).toBe("unauthenticated confirm.needed");
  });

  it("is not linked by the mark of another log-in", async () => {
    const [one, other] = [new Visitor(), new Visitor()];
    await one.goThrough();
    await one.begin({ purpose: "link" });
    const mark = one.cookies["colloquy-oauth-link"] ?? "";
    claims = { ...claims, sub: `other-${people}`, email: "other@example.org" };
    await other.goThrough();
    claims = { ...claims, sub: `third-${people}` };
    const address = await other.begin();
    other.cookies["colloquy-oauth-link"] = mark;
    expect((await other.finish(await other.visit(address))).goTo).toBe("/log-in/refused?why=provider.link_needed");
  });

  it("cannot lose its only way in", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    expect(await refusalOf(unlinkProvider(by(visitor.actor), { provider: "oidc" }))).toBe(
      "conflict provider.last_way_in",
    );
  });
});

describe("confirming that it is oneself, without a password (R41)", () => {
  /** The same log-in, an hour later. */
  function later(visitor: Visitor): MemberActor {
    const member = memberOf(visitor);
    const actor = {
      ...member,
      session: { id: member.session?.id ?? 0, confirmedAt: new Date(Date.now() - 3_600_000) },
    };
    visitor.actor = actor;
    return actor;
  }

  it("takes the service once more, which has to ask anew, and leads back with a word about it", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    const before = later(visitor);
    expect(() => requireConfirmed(by(before))).toThrow("confirm.needed");
    expect(await servicesThatConfirm(by(before))).toEqual(["oidc"]);
    const address = await visitor.begin({ purpose: "confirm", returnTo: "/settings/data?x=1" });
    expect(new URL(address).searchParams.get("prompt")).toBe("login");
    const answer = await visitor.finish(await visitor.visit(address));
    expect(answer.goTo).toBe("/settings/data?x=1&news=confirmed");
    expect(memberOf(visitor).userId).toBe(before.userId);
    expect(() => requireConfirmed(by(visitor.actor))).not.toThrow();
  });

  it("is nothing that somebody else can do, and logs nobody else in", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    const before = later(visitor);
    claims = { ...claims, sub: `other-${people}`, email: `other${people}@example.org`, preferred_username: "other" };
    await new Visitor().goThrough();
    const refused = "/log-in/refused?why=provider.somebody_else";
    expect((await visitor.goThrough({ purpose: "confirm" })).goTo).toBe(refused);
    expect(memberOf(visitor).userId).toBe(before.userId);
    visitor.actor = before;
    claims = { ...claims, sub: `nobody-${people}`, email: `nobody${people}@example.org` };
    const members = await countOf("users");
    expect((await visitor.goThrough({ purpose: "confirm" })).goTo).toBe(refused);
    expect(await countOf("users")).toBe(members);
  });

  it("is for members alone, and not for those with a password", async () => {
    expect(await refusalOf(new Visitor().begin({ purpose: "confirm" }))).toBe("unauthenticated");
    const visitor = new Visitor();
    await visitor.goThrough();
    await db.sql("UPDATE users SET password_hash = 'x' WHERE id = $1", [memberOf(visitor).userId]);
    expect(await servicesThatConfirm(by(visitor.actor))).toEqual([]);
  });
});

describe("what does not fit lets nobody in", () => {
  const away = "/log-in/refused?why=provider.failed";
  const lies: [string, (visitor: Visitor, query: Record<string, string>) => void][] = [
    ["another state", (_, query) => Object.assign(query, { state: "made-up" })],
    ["no state", (_, query) => delete query.state],
    ["a state of another browser", (visitor) => delete visitor.cookies["colloquy-oauth-state"]],
    ["no verifier for the code", (visitor) => delete visitor.cookies["colloquy-oauth-pkce"]],
    ["no nonce", (visitor) => delete visitor.cookies["colloquy-oauth-nonce"]],
    ["a code that is none", (_, query) => Object.assign(query, { code: "made-up" })],
    ["a fault that the service tells", (_, query) => Object.assign(query, { error: "server_error" })],
    ["a token for another site", () => Object.assign(claims, { aud: "another-site" })],
    ["an old nonce", () => Object.assign(claims, { nonce: "an old one" })],
    ["another issuer", () => Object.assign(claims, { iss: "https://evil.example" })],
    ["a token that has expired", () => Object.assign(claims, { exp: 1_000_000_000 })],
    ["nobody's name", () => Object.assign(claims, { sub: "" })],
  ];
  it.each(lies)("%s", async (_, lie) => {
    const members = await countOf("users");
    const visitor = new Visitor();
    const query = await visitor.visit(await visitor.begin());
    lie(visitor, query);
    expect((await visitor.finish(query)).goTo).toBe(away);
    expect([visitor.actor.kind, await countOf("users")]).toEqual(["visitor", members]);
  });

  it("an answer that is used twice", async () => {
    const visitor = new Visitor();
    const query = await visitor.visit(await visitor.begin());
    expect((await visitor.finish({ ...query })).goTo).toContain("/settings");
    expect((await visitor.finish({ ...query })).goTo).toBe(away);
  });

  it("a change of mind at the service", async () => {
    const visitor = new Visitor();
    const { state = "" } = await visitor.visit(await visitor.begin());
    const answer = await visitor.finish({ error: "access_denied", state });
    expect(answer.goTo).toBe("/log-in/refused?why=provider.denied");
  });

  it("a member who is suspended", async () => {
    const visitor = new Visitor();
    await visitor.goThrough();
    await db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [memberOf(visitor).userId]);
    expect((await new Visitor().goThrough()).goTo).toBe("/log-in/refused?why=logIn.suspended");
  });
});

describe("the way back", () => {
  const wishes: [string, string][] = [
    ["https://evil.example/", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/api/v1/me", "/"],
    ["javascript:alert(1)", "/"],
    ["/articles/bees?page=2#c-7", "/articles/bees?page=2#c-7"],
  ];
  it.each(wishes)("from %s is %s", async (returnTo, expected) => {
    await new Visitor().goThrough();
    expect((await new Visitor().goThrough({ returnTo })).goTo).toBe(expected);
  });

  it("cannot be changed by the browser's cookie on the way", async () => {
    await new Visitor().goThrough();
    const visitor = new Visitor();
    const query = await visitor.visit(await visitor.begin());
    visitor.cookies["colloquy-oauth-return"] = "http://localhost:3000//evil.example/";
    expect((await visitor.finish(query)).goTo).toBe("/");
  });
});

describe("a service that is away", () => {
  beforeEach(() => {
    env().authProviders = [{ ...provider, id: "oidc", issuer: "http://localhost:9" }];
  });

  it("leads to a page that says so, before anybody leaves", async () => {
    expect(await new Visitor().begin()).toBe("/log-in/refused?why=provider.unavailable");
  });

  it("keeps nobody from logging in with a password", async () => {
    const member = await aMember(`steady_${people}`, `Steady ${people}`);
    const hash = await hashPassword("a long enough password");
    await db.sql("UPDATE users SET email = $1, password_hash = $2 WHERE id = $3", [claims.email, hash, member.userId]);
    const browser = { device: "Firefox", deviceToken: "one" };
    const attempt = logIn(by(), { identifier: member.handle, password: "a long enough password", browser });
    expect((await attempt).userId).toBe(member.userId);
  });
});

describe("without any service", () => {
  it("there is no button and no way", async () => {
    env().authProviders = [];
    expect(configuredProviders()).toEqual([]);
    expect(await beginLogIn(by(), { provider: "oidc", returnTo: "/", purpose: "enter", cookies: {} })).toBeNull();
    const back = { provider: "oidc", query: {}, cookies: {}, browser: { device: "", deviceToken: "" } };
    expect(await finishLogIn(by(), back)).toBeNull();
  });
});

describe("GitHub's word", () => {
  const person = { id: 42, login: "ada", name: null };
  const rows: [string, unknown[], string | null][] = [
    [
      "the first address that is confirmed and theirs first",
      [{ email: "A@Example.org", primary: true, verified: true }],
      "a@example.org",
    ],
    ["no address that is not confirmed", [{ email: "a@example.org", primary: true, verified: false }], null],
    ["no second address", [{ email: "a@example.org", primary: false, verified: true }], null],
    ["none where there is none", [], null],
  ];
  it.each(rows)("%s", (_, emails, email) => {
    expect(identityOf({ id: "github" }, { ...person, emails })).toEqual({
      provider: "github",
      subject: "42",
      email,
      handles: ["ada"],
      displayName: "ada",
    });
  });
});
