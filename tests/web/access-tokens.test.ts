// Programs that speak for a member: what their token opens over HTTP, and what it does not. The doors are the site's own.
import { describe, expect, it } from "vitest";
import { POST as postComment } from "@/app/api/v1/articles/[slug]/comments/route";
import { DELETE as deleteComment } from "@/app/api/v1/comments/[id]/route";
import { GET as readMe } from "@/app/api/v1/me/route";
import type { MemberActor, Scope } from "@/lib/domain/actor";
import { makeAccessToken, revokeAccessToken } from "@/lib/services/access-tokens";
import { aMember, anArticle, by, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const confirmed = (member: MemberActor) => by({ ...member, session: { id: 0, confirmedAt: new Date() } });

async function aProgram(member: MemberActor, ...scopes: Scope[]): Promise<{ id: number; token: string }> {
  return makeAccessToken(confirmed(member), { name: "My script", scopes, days: 30 });
}

function request(path: string, token: string, init: RequestInit = {}): Request {
  return new Request(`http://localhost:3000${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
}

const me = (token: string, slug = "never-was") =>
  readMe(request(`/api/v1/me?article=${slug}`, token), { params: Promise.resolve({}) });

const post = (token: string, slug: string) =>
  postComment(
    request(`/api/v1/articles/${slug}/comments`, token, {
      method: "POST",
      body: JSON.stringify({ body: "By a script." }),
    }),
    { params: Promise.resolve({ slug }) },
  );

describe("an access token", () => {
  it("speaks for its member, under their name", async () => {
    const ada = await aMember("ada", "Ada");
    const article = await anArticle();
    const { token } = await aProgram(ada, "read", "comment");
    const posted = await post(token, article.slug);
    expect(posted.status).toBe(201);
    const { id } = await posted.json();
    const rows = await db.sql("SELECT user_id, visitor_id, author_name FROM comments WHERE id = $1", [id]);
    expect(rows).toEqual([{ user_id: ada.userId, visitor_id: null, author_name: "Ada" }]);
    const known = await me(token, article.slug);
    expect(await known.json()).toEqual({
      actor: { kind: "member", name: "Ada", handle: "ada" },
      may: [],
      claimable: false,
      standing: [],
      article: null,
      comments: [{ id, parentId: null, by: "member", status: "published", may: ["edit", "delete"] }],
    });
    const gone = await deleteComment(request(`/api/v1/comments/${id}`, token, { method: "DELETE" }), {
      params: Promise.resolve({ id }),
    });
    expect(gone.status).toBe(204);
  });

  it("does not do what it was not made for", async () => {
    const ben = await aMember("ben", "Ben");
    const article = await anArticle();
    const reader = await aProgram(ben, "read");
    const refused = await post(reader.token, article.slug);
    expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ code: "forbidden" })]);
    const writer = await aProgram(ben, "comment");
    expect((await me(writer.token)).status).toBe(403);
    expect((await me(reader.token)).status).toBe(200);
  });

  const endings: [string, (token: { id: number }, member: MemberActor) => Promise<unknown>][] = [
    ["it is revoked", ({ id }, member) => revokeAccessToken(confirmed(member), { id })],
    [
      "its days are over",
      ({ id }) => db.sql("UPDATE access_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [id]),
    ],
    ["its member is suspended", (_, m) => db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [m.userId])],
    ["its member has left", (_, m) => db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [m.userId])],
  ];
  it.each(endings)("opens nothing from the moment that %s", async (why, end) => {
    const member = await aMember(
      `m${endings.findIndex(([name]) => name === why)}_ends`,
      `Member whose token ends: ${why}`,
    );
    const made = await aProgram(member, "read");
    expect((await me(made.token)).status).toBe(200);
    await end(made, member);
    expect((await me(made.token)).status).toBe(401);
  });

  const strangers: [string, string][] = [
    ["none", ""],
    ["made up", "made-up"],
    ["one of the right form", `colloquy_${"A".repeat(43)}`],
    ["a very long one", `colloquy_${"A".repeat(5_000)}`],
  ];
  it.each(strangers)("that is %s is refused, and nobody is served as a visitor instead", async (_, token) => {
    const answer = await me(token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it("is nowhere in the database", async () => {
    const eve = await aMember("eve", "Eve");
    const { token } = await aProgram(eve, "read");
    const rows = await db.sql("SELECT t::text AS line FROM access_tokens t");
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ line }) => String(line)).join("\n")).not.toContain(token.slice("colloquy_".length));
  });
});
