// The JSON API over HTTP: every call, every refusal that http.md names, and each answer held against `openapi.json`.
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { type Program, programOf } from "@/tests/support/api-contract";
import { publishArticle, type TestArticle } from "@/tests/support/publish-article";

interface Contract {
  origin: string;
  program: { document: Record<string, unknown>; call: Program };
  call: Program;
  article: TestArticle;
}

const test = base.extend<Contract>({
  origin: async ({ baseURL }, use) => use(baseURL ?? ""),
  program: async ({ origin }, use) => use(await programOf(origin)),
  call: async ({ program }, use) => use(program.call),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  article: async ({}, use) => use(await publishArticle()),
});

const articles = "/api/v1/articles";
const thread = "/api/v1/articles/{slug}/comments";
const comment = "/api/v1/comments/{id}";
const reports = "/api/v1/comments/{id}/reports";

/** Posts, and answers what it was answered. */
async function post(call: Program, slug: string, body: object, headers: Record<string, string> = {}) {
  const answer = await call("POST", thread, { path: { slug }, body, headers });
  return { ...answer, id: String(answer.body.id), editToken: String(answer.body.editToken) };
}

/** The cookie of a visitor who has posted once, and the origin that a browser sends with it. */
function asBrowser(origin: string, posted: { headers: Headers }): Record<string, string> {
  const cookie = posted.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  return { cookie: cookie.join("; "), origin };
}

function itemsOf(answer: { body: Record<string, unknown> }): Record<string, unknown>[] {
  return Array.isArray(answer.body.items) ? answer.body.items : [];
}

test.describe("the description", () => {
  test("has every address that there is", async ({ program }) => {
    const files = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" });
    const addresses = files
      .filter((file) => file.endsWith("route.ts") && !file.startsWith("openapi.json"))
      .map((file) => `/api/v1/${file.replace(/\/route\.ts$/, "")}`.replaceAll("[", "{").replaceAll("]", "}"));
    expect(Object.keys(Object(program.document.paths)).sort()).toEqual(addresses.sort());
  });

  test("is the same for everybody, and may be kept", async ({ request }) => {
    const response = await request.get("/api/v1/openapi.json");
    expect(response.headers()).toMatchObject({ "content-type": "application/json", "cache-control": "no-cache" });
    expect(response.headers().etag).toBeTruthy();
  });
});

test.describe("reading", () => {
  test("the list of articles goes on where it ended", async ({ call }) => {
    const first = await call("GET", articles, { query: { limit: "2" } });
    expect(itemsOf(first)).toHaveLength(2);
    const second = await call("GET", articles, { query: { limit: "2", cursor: String(first.body.nextCursor) } });
    const dates = [...itemsOf(first), ...itemsOf(second)].map((item) => String(item.publishedAt));
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(new Set([...itemsOf(first), ...itemsOf(second)].map((item) => item.slug)).size).toBe(4);
  });

  test("a topic has its own articles only", async ({ call }) => {
    const items = itemsOf(await call("GET", articles, { query: { topic: "history" } }));
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item.topics).toContainEqual({ slug: "history", name: "History" });
  });

  test("an article comes with its published text", async ({ call, article }) => {
    const { status, body } = await call("GET", `${articles}/{slug}`, { path: article });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: article.title,
      commentCount: 0,
      locked: false,
      details: {
        writtenBy: [{ name: "Ada Beekeeper", handle: null }],
        copyrightHolder: "The Bee Society",
        revision: 1,
      },
      revision: { number: 1, body: "By the sun, and by what they remember.", current: true },
    });
  });

  test("its public history is listed and read", async ({ call }) => {
    const path = { slug: "why-is-the-night-sky-dark" };
    const list = await call("GET", `${articles}/{slug}/revisions`, { path });
    expect(itemsOf(list).map((item) => item.number)).toEqual([2, 1]);
    const first = await call("GET", `${articles}/{slug}/revisions/{number}`, { path: { ...path, number: "1" } });
    expect(first.body).toMatchObject({ number: 1, current: false, class: null });
  });

  test("a discussion is read in pages, in both orders, without gap or overlap", async ({ call }) => {
    const path = { slug: "why-is-the-night-sky-dark" };
    const read = async (sort: string) => {
      const ids: unknown[] = [];
      let cursor: unknown;
      do {
        const query = { sort, limit: "20", ...(cursor ? { cursor: String(cursor) } : {}) };
        const page = await call("GET", thread, { path, query });
        ids.push(...itemsOf(page).map((item) => item.id));
        cursor = page.body.nextCursor;
      } while (cursor);
      return ids;
    };
    const oldest = await read("oldest");
    expect(oldest.length).toBeGreaterThan(40);
    expect(new Set(oldest).size).toBe(oldest.length);
    expect(await read("newest")).toEqual(oldest.toReversed());
    expect(await read("best")).toEqual(oldest);
  });

  test("what everybody may read may be kept by everybody; what is personal by nobody", async ({ request, article }) => {
    for (const path of ["", "/revisions", "/revisions/1", "/comments"]) {
      const response = await request.get(`${articles}/${article.slug}${path}`);
      expect(response.headers(), path).toMatchObject({ "cache-control": "no-cache", etag: expect.any(String) });
    }
    const me = await request.get(`/api/v1/me?article=${article.slug}`);
    expect(me.headers()["cache-control"]).toBe("private, no-store");
    expect(me.headers().etag).toBeUndefined();
  });

  test("a former address leads to the present one", async ({ call }) => {
    const formerSlug = `former-${randomUUID().slice(0, 8)}`;
    const { slug } = await publishArticle({ formerSlug });
    const moved = await call("GET", thread, { path: { slug: formerSlug } });
    expect([moved.status, moved.headers.get("location")]).toEqual([308, `/api/v1/articles/${slug}/comments`]);
  });

  for (const [name, template, path] of [
    ["an article", `${articles}/{slug}`, { slug: "never-was" }],
    ["an article whose address has capitals", `${articles}/{slug}`, { slug: "How-This-Place-Works" }],
    ["its history", `${articles}/{slug}/revisions`, { slug: "never-was" }],
    [
      "a revision that is none",
      `${articles}/{slug}/revisions/{number}`,
      { slug: "how-this-place-works", number: "99" },
    ],
    ["revision zero", `${articles}/{slug}/revisions/{number}`, { slug: "how-this-place-works", number: "0" }],
    [
      "a revision that is no number",
      `${articles}/{slug}/revisions/{number}`,
      { slug: "how-this-place-works", number: "1e1" },
    ],
    ["a discussion", thread, { slug: "never-was" }],
    ["a comment", comment, { id: "999999999999999999" }],
    ["a comment that is no number", comment, { id: "1;--" }],
    ["a comment beyond numbers", comment, { id: "99999999999999999999999" }],
    ["comment minus one", comment, { id: "-1" }],
  ] as const) {
    test(`${name} that is not there is not found`, async ({ call }) => {
      expect(await call("GET", template, { path })).toMatchObject({ status: 404, body: { code: "not_found" } });
    });
  }

  for (const [field, template, value] of [
    ["limit", articles, "0"],
    ["limit", articles, "51"],
    ["limit", articles, "ten"],
    ["limit", articles, "1e1"],
    ["cursor", articles, "yesterday"],
    ["cursor", articles, "1.5.2"],
    ["cursor", articles, "99999999999999999999.1"],
    ["topic", articles, "\u0000"],
    ["topic", articles, "' OR 1=1 --"],
    ["sort", thread, "random"],
    ["cursor", thread, "-1"],
    ["cursor", thread, "99999999999"],
    ["limit", thread, "1000000"],
    ["article", "/api/v1/me", "No Slug"],
  ] as const) {
    test(`${field}=${JSON.stringify(value)} of ${template} is named as wrong`, async ({ call, article }) => {
      const answer = await call("GET", template, { path: article, query: { [field]: value } });
      expect(answer).toMatchObject({ status: 422, body: { fields: { [field]: expect.any(String) } } });
    });
  }

  test("a topic that does not exist is not found", async ({ call }) => {
    expect((await call("GET", articles, { query: { topic: "never-was" } })).status).toBe(404);
  });

  test("unknown parameters are ignored", async ({ call }) => {
    expect((await call("GET", articles, { query: { utm_source: "x", limit: "1" } })).status).toBe(200);
  });
});

test.describe("posting", () => {
  test("needs no account, and says where the comment is", async ({ call, article, origin }) => {
    const posted = await post(call, article.slug, { body: "Bees *know*.", name: "Ada" });
    expect(posted.status).toBe(201);
    expect(posted.body).toMatchObject({ status: "published", url: `${origin}${article.address}#c-${posted.id}` });
    expect(posted.headers.get("location")).toBe(`/api/v1/comments/${posted.id}`);
    const read = await call("GET", comment, { path: posted });
    expect(read.body).toMatchObject({
      id: posted.id,
      parentId: null,
      depth: 0,
      status: "published",
      author: { name: "Ada", handle: null },
      html: "<p>Bees <em>know</em>.</p>\n",
      source: null,
      may: ["reply", "report"],
    });
  });

  test("a reply has its parent and its depth", async ({ call, article }) => {
    const first = await post(call, article.slug, { body: "first", parentId: null, name: null });
    const second = await post(call, article.slug, { body: "second", parentId: first.id });
    const third = await post(call, article.slug, { body: "third", parentId: second.id });
    const items = itemsOf(await call("GET", thread, { path: article }));
    expect(items.map(({ id, parentId, depth }) => [id, parentId, depth])).toEqual([
      [first.id, null, 0],
      [second.id, first.id, 1],
      [third.id, second.id, 2],
    ]);
  });

  test("twenty times at once with one key posts once, and answers all alike", async ({ call, article }) => {
    const headers = { "idempotency-key": randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(call, article.slug, { body: "Once is enough." }, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await call("GET", thread, { path: article })).body.commentCount).toBe(1);
  });

  test("two keys are two wishes", async ({ call, article }) => {
    await post(call, article.slug, { body: "One." }, { "idempotency-key": randomUUID() });
    await post(call, article.slug, { body: "Two." }, { "idempotency-key": randomUUID() });
    expect((await call("GET", thread, { path: article })).body.commentCount).toBe(2);
  });

  test("a key that was used for another text is a conflict", async ({ call, article }) => {
    const headers = { "idempotency-key": randomUUID() };
    await post(call, article.slug, { body: "This." }, headers);
    expect(await post(call, article.slug, { body: "That." }, headers)).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    });
  });

  test("a parent on another article is a conflict, like one that is gone", async ({ call, article }) => {
    const elsewhere = await post(call, (await publishArticle()).slug, { body: "Elsewhere." });
    const gone = await post(call, article.slug, { body: "Gone." });
    await call("DELETE", comment, { path: gone, headers: { "edit-token": gone.editToken } });
    for (const parentId of [elsewhere.id, gone.id, "999999999999999999"]) {
      expect(await post(call, article.slug, { body: "Reply.", parentId })).toMatchObject({ status: 409 });
    }
  });

  test("a locked thread is 423", async ({ call }) => {
    const { slug } = await publishArticle({ locked: true });
    expect(await post(call, slug, { body: "Too late." })).toMatchObject({ status: 423, body: { code: "closed" } });
  });

  test("an article that is not there is 404", async ({ call }) => {
    expect(await post(call, "never-was", { body: "Anybody?" })).toMatchObject({ status: 404 });
  });

  test("what looks like a robot waits, and only its sender sees it", async ({ call, article }) => {
    const links = "https://a.example https://b.example https://c.example";
    const posted = await post(call, article.slug, { body: links, website: "https://x.example", age: 5 });
    expect(posted.body).toMatchObject({ status: "pending" });
    expect((await call("GET", comment, { path: posted })).status).toBe(404);
    expect(itemsOf(await call("GET", thread, { path: article }))).toEqual([]);
    const own = await call("GET", comment, { path: posted, headers: { "edit-token": posted.editToken } });
    expect(own.body).toMatchObject({ status: "pending", source: links, heldReason: "links" });
  });

  for (const [name, body, fields] of [
    ["no text", {}, ["body"]],
    ["an empty text", { body: " \n\u200b" }, ["body"]],
    ["a text that is too long", { body: "a".repeat(10_001) }, ["body"]],
    ["a text that is a number", { body: 5 }, ["body"]],
    ["a text that is a list", { body: ["x"] }, ["body"]],
    ["a parent that is a number", { body: "x", parentId: 7 }, ["parentId"]],
    ["a parent that is no id", { body: "x", parentId: "abc" }, ["parentId"]],
    ["an age that is a text", { body: "x", age: "5000" }, ["age"]],
    ["an age below nothing", { body: "x", age: -1 }, ["age"]],
    ["a name that is too long", { body: "x", name: "n".repeat(61) }, ["name"]],
    ["a name that turns the direction", { body: "x", name: "a\u202eb" }, ["name"]],
    ["a member's name", { body: "x", name: "Tomasz Wieczorek" }, ["name"]],
    ["a member's name in look-alike letters", { body: "x", name: "Тomаsz Wieczorek" }, ["name"]],
    ["a field that is none", { body: "x", status: "published" }, ["status"]],
    ["several mistakes", { body: "", name: 5, userId: 1 }, ["body", "name", "userId"]],
  ] as const) {
    test(`${name} is refused by name`, async ({ call, article }) => {
      const answer = await post(call, article.slug, body);
      expect(answer).toMatchObject({ status: 422, body: { code: "invalid" } });
      expect(Object.keys(Object(answer.body.fields)).sort()).toEqual([...fields].sort());
    });
  }

  test("the longest text there may be is taken", async ({ call, article }) => {
    expect((await post(call, article.slug, { body: "🐝".repeat(10_000) })).status).toBe(201);
  });

  test("a key that is too short is refused by name", async ({ call, article }) => {
    const answer = await post(call, article.slug, { body: "x" }, { "idempotency-key": "1" });
    expect(answer).toMatchObject({ status: 422, body: { fields: { "idempotency-key": expect.any(String) } } });
  });

  for (const [name, raw, status] of [
    ["half an object", '{"body":"x"', 400],
    ["nothing but a word", "body", 400],
    ["a thousand levels", `{"body":${"[".repeat(1_000)}${"]".repeat(1_000)}}`, 400],
    ["a list", "[]", 422],
    ["null", "null", 422],
    ["a text", '"body"', 422],
    [
      "five thousand fields",
      JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}`, n]))),
      422,
    ],
    ["prototype tricks", '{"body":"x","__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}', 422],
    ["more than a request may bring", JSON.stringify({ body: "a".repeat(300 * 1024) }), 413],
  ] as const) {
    test(`a body of ${name} is ${status}`, async ({ call, article }) => {
      const answer = await call("POST", thread, { path: article, raw });
      expect(answer.status).toBe(status);
      expect(Object.keys(Object(answer.body.fields)).length).toBeLessThanOrEqual(20);
      expect((await call("GET", thread, { path: article })).body.commentCount).toBe(0);
    });
  }

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml"]) {
    test(`${type} is 415`, async ({ call, article }) => {
      const answer = await call("POST", thread, {
        path: article,
        body: { body: "x" },
        headers: { "content-type": type },
      });
      expect(answer.status).toBe(415);
    });
  }

  test("an access token that is none is 401", async ({ call, article }) => {
    const answer = await post(call, article.slug, { body: "x" }, { authorization: "Bearer made-up" });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  for (const [name, headers] of [
    ["another site", { origin: "https://evil.example" }],
    ["nowhere", { origin: "null" }],
    ["a site that its browser calls foreign", { "sec-fetch-site": "cross-site" }],
    ["who knows where, with a cookie", { cookie: "colloquy-visitor=x.y" }],
  ] as const) {
    test(`a post from ${name} is 403`, async ({ call, article }) => {
      expect((await post(call, article.slug, { body: "x" }, headers)).status).toBe(403);
      expect((await call("GET", thread, { path: article })).body.commentCount).toBe(0);
    });
  }
});

test.describe("one's own comment", () => {
  test("is edited and deleted by the cookie of its poster", async ({ call, article, origin }) => {
    const posted = await post(call, article.slug, { body: "Frist!" });
    const headers = asBrowser(origin, posted);
    const mine = await call("GET", comment, { path: posted, headers });
    expect(mine.body).toMatchObject({ source: "Frist!", may: ["reply", "edit", "delete"] });
    const edited = await call("PATCH", comment, { path: posted, headers, body: { body: "First!" } });
    expect(edited).toMatchObject({ status: 200, body: { id: posted.id, status: "published" } });
    expect((await call("GET", comment, { path: posted })).body.html).toBe("<p>First!</p>\n");
    expect((await call("DELETE", comment, { path: posted, headers })).status).toBe(204);
    expect((await call("DELETE", comment, { path: posted, headers })).status).toBe(204);
    const read = await call("GET", comment, { path: posted });
    expect(read.body).toMatchObject({ status: "deleted", html: "", author: null, source: null, may: [] });
  });

  test("is edited by its token, in the body or in a header", async ({ call, article }) => {
    const posted = await post(call, article.slug, { body: "one" });
    const { editToken } = posted;
    expect((await call("PATCH", comment, { path: posted, body: { body: "two", editToken } })).status).toBe(200);
    const headers = { "edit-token": editToken };
    expect((await call("PATCH", comment, { path: posted, body: { body: "three" }, headers })).status).toBe(200);
    expect((await call("GET", comment, { path: posted, headers })).body.source).toBe("three");
  });

  test("is nobody else's", async ({ call, article, origin }) => {
    const posted = await post(call, article.slug, { body: "mine" });
    const other = await post(call, article.slug, { body: "another's" });
    for (const headers of [
      {},
      { "edit-token": "wrong" },
      { "edit-token": other.editToken },
      asBrowser(origin, other),
    ]) {
      expect((await call("PATCH", comment, { path: posted, headers, body: { body: "taken" } })).status).toBe(403);
      expect((await call("DELETE", comment, { path: posted, headers })).status).toBe(403);
      expect((await call("GET", comment, { path: posted, headers })).body.source).toBeNull();
    }
    expect((await call("GET", comment, { path: posted })).body.html).toBe("<p>mine</p>\n");
  });

  test("cannot be edited once it is deleted", async ({ call, article }) => {
    const posted = await post(call, article.slug, { body: "gone soon" });
    const headers = { "edit-token": posted.editToken };
    await call("DELETE", comment, { path: posted, headers });
    expect((await call("PATCH", comment, { path: posted, headers, body: { body: "back" } })).status).toBe(409);
  });

  test("is checked like a new one", async ({ call, article }) => {
    const posted = await post(call, article.slug, { body: "fine" });
    const headers = { "edit-token": posted.editToken };
    for (const [body, status] of [
      [{ body: "" }, 422],
      [{ body: "x", name: "New Name" }, 422],
      [{}, 422],
    ] as const) {
      expect((await call("PATCH", comment, { path: posted, headers, body })).status).toBe(status);
    }
    expect((await call("PATCH", comment, { path: posted, headers, raw: "{" })).status).toBe(400);
    expect((await call("PATCH", comment, { path: { id: "999999999" }, headers, body: { body: "x" } })).status).toBe(
      404,
    );
  });

  test("is in what the API says of me, and in nobody else's", async ({ call, article, origin }) => {
    const posted = await post(call, article.slug, { body: "me" });
    const query = { article: article.slug };
    const me = await call("GET", "/api/v1/me", { query, headers: asBrowser(origin, posted) });
    const visitor = { actor: { kind: "visitor" }, may: [], claimable: false, standing: [], article: null };
    expect(me.body).toEqual({
      ...visitor,
      comments: [{ id: posted.id, parentId: null, by: "visitor", status: "published", may: ["edit", "delete"] }],
    });
    expect((await call("GET", "/api/v1/me", { query })).body).toEqual({ ...visitor, comments: [] });
    const forged = { cookie: asBrowser(origin, posted).cookie?.replace(/\.[\w-]{10}/, ".AAAAAAAAAA") ?? "" };
    expect((await call("GET", "/api/v1/me", { query, headers: forged })).body.comments).toEqual([]);
  });

  test("unpublished or unknown articles hold nothing of mine", async ({ call }) => {
    expect((await call("GET", "/api/v1/me", { query: { article: "never-was" } })).body.comments).toEqual([]);
  });
});

test.describe("reporting", () => {
  test("is thanked for, the second time too", async ({ call, article, origin }) => {
    const posted = await post(call, article.slug, { body: "Buy this!" });
    const first = await call("POST", reports, { path: posted, body: { reason: "spam", note: "An advertisement." } });
    expect(first).toMatchObject({ status: 201, body: { status: "open" } });
    const headers = asBrowser(origin, first);
    expect((await call("POST", reports, { path: posted, headers, body: { reason: "OFF_TOPIC" } })).status).toBe(201);
  });

  test("is refused with a reason", async ({ call, article, origin }) => {
    const posted = await post(call, article.slug, { body: "Report me" });
    const report = (body: object, headers = {}, id = posted.id) =>
      call("POST", reports, { path: { id }, body, headers });
    expect(await report({})).toMatchObject({ status: 422, body: { fields: { reason: expect.any(String) } } });
    expect(await report({ reason: "boring" })).toMatchObject({
      status: 422,
      body: { fields: { reason: expect.any(String) } },
    });
    expect(await report({ reason: "spam", note: "n".repeat(1_001) })).toMatchObject({ status: 422 });
    expect(await report({ reason: "spam", handle: "x" })).toMatchObject({ status: 422 });
    expect((await report({ reason: "spam" }, asBrowser(origin, posted))).status).toBe(422);
    expect((await report({ reason: "spam" }, {}, "999999999")).status).toBe(404);
    await call("DELETE", comment, { path: posted, headers: { "edit-token": posted.editToken } });
    expect((await report({ reason: "spam" })).status).toBe(409);
  });
});

test("a preview is what the comment would be, and posts nothing", async ({ call, article }) => {
  const body = "*So* <b>not</b> [here](javascript:alert(1))";
  const preview = await call("POST", "/api/v1/preview", { body: { body } });
  const posted = await post(call, article.slug, { body });
  expect(preview.body.html).toBe((await call("GET", comment, { path: posted })).body.html);
  expect(String(preview.body.html)).not.toMatch(/<b>|href="javascript/);
  expect((await call("POST", "/api/v1/preview", { body: { body: "" } })).status).toBe(422);
});

test.describe("an address under /api", () => {
  for (const [method, path] of [
    ["GET", "/api"],
    ["GET", "/api/v1"],
    ["GET", "/api/v2/articles"],
    ["GET", "/api/v1/articles/x/y/z"],
    ["POST", "/api/v1/articles/x/y/z"],
    ["PATCH", "/api/v1/comments"],
    ["DELETE", "/api/v1/comments"],
  ] as const) {
    test(`that is none is a problem, not a page: ${method} ${path}`, async ({ origin }) => {
      const response = await fetch(`${origin}${path}`, { method, ...(method !== "GET" && { body: "{}" }) });
      expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
      expect(await response.json()).toMatchObject({ status: 404, code: "not_found" });
    });
  }

  for (const [method, path, allow] of [
    ["POST", "/api/v1/articles", "GET, HEAD, OPTIONS"],
    ["DELETE", "/api/v1/articles/x", "GET, HEAD, OPTIONS"],
    ["PATCH", "/api/v1/articles/x/comments", "GET, HEAD, POST, OPTIONS"],
    ["GET", "/api/v1/comments/1/reports", "POST, OPTIONS"],
    ["POST", "/api/v1/comments/1", "GET, HEAD, PATCH, DELETE, OPTIONS"],
    ["GET", "/api/v1/preview", "POST, OPTIONS"],
    ["POST", "/api/v1/me", "GET, HEAD, OPTIONS"],
  ] as const) {
    test(`says what it answers to: ${method} ${path}`, async ({ origin }) => {
      const response = await fetch(`${origin}${path}`, { method, ...(method !== "GET" && { body: "{}" }) });
      expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
      expect(await response.json()).toMatchObject({ status: 405, code: "invalid" });
      const options = await fetch(`${origin}${path}`, { method: "OPTIONS" });
      expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    });
  }
});
