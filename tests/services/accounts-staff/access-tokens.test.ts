// Tokens for programs: read once, good for their scopes, dead at once when anything about them ends.
import { describe, expect, it } from "vitest";
import { type Scope, scopes } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import {
  accessTokenSchema,
  identifyProgram,
  makeAccessToken,
  readAccessTokens,
  revokeAccessToken,
} from "@/lib/services/access-tokens";
import type { Context } from "@/lib/services/context";
import { editComment } from "@/lib/services/edit-comment";
import { setSuspended } from "@/lib/services/people";
import { resetPassword } from "@/lib/services/recover-account";
import { aLink, aPerson, loggedIn, password, record } from "@/tests/services/accounts/people";
import { anArticle, by, post, refusalOf, stranger, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const wish = (about: { name?: string; scopes?: Scope[]; days?: 7 | 30 | 365 | null } = {}) => ({
  name: "Backup",
  scopes: ["read" as Scope],
  days: null,
  ...about,
});

/** A person with a token, and the request they made it with. */
async function aTokenHolder(about = {}) {
  const person = await aPerson();
  const ctx = await loggedIn(person);
  return { person, ctx, ...(await makeAccessToken(ctx, wish(about))) };
}

/** The request of the program that has this token. */
async function program(token: string): Promise<Context> {
  const actor = await identifyProgram(token);
  if (!actor) throw new Error("This token opens nothing.");
  return by(actor);
}

describe("a token", () => {
  it("speaks for its member with their roles of now, and with its scopes only", async () => {
    const { person, token } = await aTokenHolder({ scopes: ["read", "comment"] });
    await db.sql("UPDATE users SET roles = '{EDITOR}' WHERE id = $1", [person.id]);
    expect(await identifyProgram(token)).toEqual({
      kind: "member",
      userId: person.id,
      handle: person.handle,
      displayName: `The one called ${person.handle}`,
      roles: ["EDITOR"],
      verified: true,
      visitorId: null,
      session: null,
      scopes: ["read", "comment"],
    });
  });

  it("can be read once: nothing that is kept or listed has it", async () => {
    const { person, ctx, token } = await aTokenHolder();
    expect(token).toMatch(/^colloquy_[\w-]{43}$/);
    const kept = await db.sql(
      "SELECT t::text AS row FROM access_tokens t UNION ALL SELECT e::text FROM audit_events e WHERE subject_id = $1",
      [person.id],
    );
    const bare = token.slice("colloquy_".length);
    for (const text of [JSON.stringify(kept), JSON.stringify(await readAccessTokens(ctx))]) {
      expect(text).toContain("Backup");
      expect(text).not.toContain(bare);
      expect(text).not.toContain(Buffer.from(token).toString("hex"));
    }
    expect(await record(db, person)).toEqual(["loggedIn", "accessTokenMade"]);
  });

  it("shows when it was last used", async () => {
    const { ctx, token } = await aTokenHolder();
    expect((await readAccessTokens(ctx))[0]?.lastUsedAt).toBe(null);
    await identifyProgram(token);
    const used = (await readAccessTokens(ctx))[0]?.lastUsedAt;
    expect(used).toBeInstanceOf(Date);
    await identifyProgram(token);
    expect((await readAccessTokens(ctx))[0]?.lastUsedAt).toEqual(used);
  });

  it("opens nothing when it is wrong in any way", async () => {
    const { token } = await aTokenHolder();
    const wrong = ["", "colloquy_", token.slice(0, -1), `${token} `, token.toUpperCase(), token.slice(9), "\u0000"];
    for (const typed of [...wrong, `colloquy_${"x".repeat(1_000_000)}`])
      expect(await identifyProgram(typed)).toBe(null);
  });

  const ends: [string, (about: Awaited<ReturnType<typeof aTokenHolder>>) => Promise<unknown>][] = [
    ["it is revoked", ({ ctx, id }) => revokeAccessToken(ctx, { id })],
    [
      "its time is over",
      ({ id }) => db.sql("UPDATE access_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [id]),
    ],
    [
      "its member is suspended",
      async ({ person }) => {
        const admin = await loggedIn(await aPerson({ roles: ["ADMIN"] }));
        await setSuspended(admin, { id: person.id, suspended: true });
      },
    ],
    ["its member has left", ({ person }) => db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [person.id])],
    [
      "its member sets a new password by mail",
      async ({ person }) => resetPassword(by(), { token: await aLink("RESET_PASSWORD", person), password }),
    ],
  ];
  it.each(ends)("is dead at once when %s", async (_when, end) => {
    const holder = await aTokenHolder();
    expect(await identifyProgram(holder.token)).not.toBe(null);
    await end(holder);
    expect(await identifyProgram(holder.token)).toBe(null);
  });

  it.each([[7], [30], [365]] as const)("made for %i days lives so long by the database's clock", async (days) => {
    const { id, token } = await aTokenHolder({ days });
    const shift = (seconds: number) =>
      db.sql("UPDATE access_tokens SET expires_at = expires_at - $2 * interval '1 second' WHERE id = $1", [
        id,
        seconds,
      ]);
    await shift(days * 86_400 - 60);
    expect(await identifyProgram(token)).not.toBe(null);
    await shift(60);
    expect(await identifyProgram(token)).toBe(null);
  });

  it("made without an end has none", async () => {
    const { ctx } = await aTokenHolder();
    expect((await readAccessTokens(ctx))[0]?.expiresAt).toBe(null);
  });
});

describe("what a program may", () => {
  const outcomes: [Scope[], string][] = [
    [["read"], "forbidden forbidden.comment.post"],
    [["write"], "forbidden forbidden.comment.post"],
    [["comment"], "done"],
    [[...scopes], "done"],
  ];
  it.each(outcomes)("with %j, posting: %s", async (granted, outcome) => {
    const { token } = await aTokenHolder({ scopes: granted });
    expect(await refusalOf(post(await anArticle(), {}, await program(token)))).toBe(outcome);
  });

  it("never manages the account, not even its own token", async () => {
    const { id, token } = await aTokenHolder({ scopes: [...scopes] });
    const ctx = await program(token);
    const refused = "forbidden forbidden.account.manage";
    expect(await refusalOf(makeAccessToken(ctx, wish()))).toBe(refused);
    expect(await refusalOf(readAccessTokens(ctx))).toBe(refused);
    expect(await refusalOf(revokeAccessToken(ctx, { id }))).toBe(refused);
  });

  it("posts without being given an edit token, which would outlive its own", async () => {
    const { token, ctx, id } = await aTokenHolder({ scopes: ["comment"] });
    const posted = await post(await anArticle(), {}, await program(token));
    expect(posted.editToken).toBe(undefined);
    const formerly = await program(token);
    await revokeAccessToken(ctx, { id });
    expect(await identifyProgram(token)).toBe(null);
    expect(await refusalOf(editComment(formerly, { id: posted.id, body: "In time." }))).toBe("done");
  });
});

describe("making and revoking", () => {
  it("is for members whose password was just asked for", async () => {
    const { ctx } = await aTokenHolder();
    expect(await refusalOf(makeAccessToken(by(stranger), wish()))).toBe("unauthenticated");
    const later = { ...ctx, now: new Date(ctx.now.getTime() + 15 * 60_000 + 5_000) };
    expect(await refusalOf(makeAccessToken(later, wish()))).toBe("unauthenticated confirm.needed");
  });

  it("refuses one too many, also when they are wished at once, and what has ended makes room", async () => {
    const ctx = await loggedIn(await aPerson());
    const came = await Promise.all(
      Array.from({ length: limits.accessTokens + 5 }, () => refusalOf(makeAccessToken(ctx, wish()))),
    );
    expect(came.filter((outcome) => outcome === "done")).toHaveLength(limits.accessTokens);
    expect(new Set(came)).toEqual(new Set(["done", "conflict accessToken.too_many"]));
    const [first] = await readAccessTokens(ctx);
    await revokeAccessToken(ctx, { id: first?.id ?? 0 });
    expect(await refusalOf(makeAccessToken(ctx, wish()))).toBe("done");
    expect(await readAccessTokens(ctx)).toHaveLength(limits.accessTokens);
  });

  it("does not find another's token, one that has ended, or none", async () => {
    const [one, two] = [await aTokenHolder(), await aTokenHolder()];
    const expired = await makeAccessToken(two.ctx, wish());
    await db.sql("UPDATE access_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [expired.id]);
    for (const id of [one.id, expired.id, 0, -1, 2_147_483_647, Number.MAX_SAFE_INTEGER]) {
      expect(await refusalOf(revokeAccessToken(two.ctx, { id }))).toBe("not_found");
    }
    expect(await identifyProgram(one.token)).not.toBe(null);
    expect(await readAccessTokens(two.ctx)).toHaveLength(1);
    await revokeAccessToken(two.ctx, { id: two.id });
    expect(await refusalOf(revokeAccessToken(two.ctx, { id: two.id }))).toBe("not_found");
  });
});

describe("what is wished", () => {
  const rows: [string, unknown, string][] = [
    ["a name of blanks", { ...wish(), name: " \u200b " }, "accessToken.name_missing"],
    [
      "a name that is too long",
      { ...wish(), name: "x".repeat(limits.accessTokenName + 1) },
      "accessToken.name_too_long",
    ],
    ["no scope", { ...wish(), scopes: [] }, "accessToken.scopes_missing"],
  ];
  it.each(rows)("%s is refused", (_what, typed, expected) => {
    expect(accessTokenSchema.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual([expected]);
  });

  it("a scope twice counts once; unknown ones and odd days are refused", () => {
    expect(accessTokenSchema.parse({ ...wish(), scopes: ["write", "read", "write"] }).scopes).toEqual([
      "read",
      "write",
    ]);
    expect(accessTokenSchema.safeParse({ ...wish(), scopes: ["admin"] }).success).toBe(false);
    expect(accessTokenSchema.safeParse({ ...wish(), days: 3_650 }).success).toBe(false);
  });
});
