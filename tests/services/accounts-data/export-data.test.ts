// The archive of all that a member has here: whole, theirs alone, and gone after a day.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { editComment } from "@/lib/services/edit-comment";
import { askExport, dropEndedExports, makeExport, openExport, readExports } from "@/lib/services/export-data";
import { reportComment } from "@/lib/services/report-comment";
import { aPerson, loggedIn, mails, type Person, password, record } from "@/tests/services/accounts/people";
import { anArticle, by, post, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

beforeAll(async () => {
  env().dataDir = await mkdtemp(join(tmpdir(), "colloquy-exports-"));
});
afterAll(() => rm(env().dataDir, { recursive: true, force: true }));

let person: Person;
let ctx: Context;
beforeEach(async () => {
  person = await aPerson();
  ctx = await loggedIn(person);
});

async function made(): Promise<number> {
  const { id } = await askExport(ctx);
  await makeExport({ exportId: id });
  return id;
}

async function unpacked(id: number): Promise<Record<string, string>> {
  const { stream } = await openExport(ctx, { id });
  const files = unzipSync(new Uint8Array(await buffer(stream)));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

const keptFiles = async () =>
  (await readdir(join(env().dataDir, "exports"), { recursive: true })).filter((name) => name.length > 3).length;

describe("the archive", () => {
  it("has everything of its member and nothing that opens the account", async () => {
    const article = await anArticle("What do owls hear?");
    const { id } = await post(article, { body: "Mice, *under snow*. 雪" }, ctx);
    await editComment(ctx, { id, body: "Mice, **under snow**. 雪" });
    const stranger = await post(article, { body: "A stranger's words." });
    await reportComment(ctx, { id: stranger.id, reason: "OTHER", note: "It hoots." });
    await db.sql("UPDATE users SET bio = 'I listen.' WHERE id = $1", [person.id]);

    const files = await unpacked(await made());
    expect(JSON.parse(files["profile.json"] ?? "")).toMatchObject({ handle: person.handle, email: person.email });
    expect(JSON.parse(files["comments.json"] ?? "")).toEqual([
      expect.objectContaining({
        id,
        article: article.slug,
        body: "Mice, **under snow**. 雪",
        earlier: [expect.objectContaining({ number: 1, body: "Mice, *under snow*. 雪" })],
      }),
    ]);
    expect(files["comments.md"]).toContain("## What do owls hear?");
    expect(files["comments.md"]).toContain("Mice, **under snow**. 雪");
    expect(files["profile.md"]).toContain("I listen.");
    expect(JSON.parse(files["reports.json"] ?? "")).toEqual([expect.objectContaining({ note: "It hoots." })]);
    expect(JSON.parse(files["sessions.json"] ?? "")).toEqual([expect.objectContaining({ device: "Firefox on Linux" })]);
    expect(JSON.parse(files["record.json"] ?? "")).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: "loggedIn", byOneself: true })]),
    );
    const all = Object.values(files).join("\n");
    expect(all).not.toContain("argon2");
    expect(all).not.toContain(password);
    expect(all).not.toContain("A stranger's words.");
  });

  it("has a file for every text of an article that its member wrote", async () => {
    const article = await anArticle("Owls");
    await db.sql(
      `INSERT INTO revisions (article_id, number, state, title, body, html, renderer_version, author_id)
       VALUES ($1, 2, 'DRAFT', 'Owls at night', 'They listen.', '', 1, $2)`,
      [article.articleId, person.id],
    );
    const files = await unpacked(await made());
    expect(files[`articles/${article.slug}-2.md`]).toBe("# Owls at night\n\nThey listen.\n");
    expect(JSON.parse(files["articles.json"] ?? "")).toHaveLength(1);
  });

  it("has all comments, however many", async () => {
    const article = await anArticle();
    await db.sql(
      `INSERT INTO comments (thread_id, status, user_id, author_name, body, html, renderer_version, body_hash)
       SELECT $1, 'PENDING', $2, 'X', 'Number ' || n, '', 1, '' FROM generate_series(1, 1201) n`,
      [article.threadId, person.id],
    );
    const files = await unpacked(await made());
    expect(JSON.parse(files["comments.json"] ?? "")).toHaveLength(1_201);
  });
});

describe("asking for it", () => {
  it("writes a mail when it is there, and a line into the record", async () => {
    const id = await made();
    expect(await mails(db, person)).toContain("exportReady");
    expect(await record(db, person)).toContain("dataExported");
    const [listed] = await readExports(ctx);
    expect(listed).toMatchObject({ id, readyAt: expect.any(Date) });
    expect(Math.round(((listed?.expiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(24);
  });

  it("is refused while one is made, and for an hour after, of two wishes at once too", async () => {
    const wishes = await Promise.all([refusalOf(askExport(ctx)), refusalOf(askExport(ctx))]);
    expect(wishes.toSorted()).toEqual(["conflict export.running", "done"]);
    const [running] = await readExports(ctx);
    await makeExport({ exportId: running?.id ?? 0 });
    expect(await refusalOf(askExport(ctx))).toBe("rate_limited export.too_often");
    await db.sql("UPDATE data_exports SET created_at = created_at - interval '1 hour' WHERE user_id = $1", [person.id]);
    expect(await refusalOf(askExport(ctx))).toBe("done");
  });

  it("needs the password of a moment ago, and is not for programs", async () => {
    if (ctx.actor.kind !== "member") throw new Error("Nobody is logged in.");
    const session = { id: ctx.actor.session?.id ?? 0, confirmedAt: new Date(Date.now() - 3_600_000) };
    expect(await refusalOf(askExport(by({ ...ctx.actor, session })))).toBe("unauthenticated confirm.needed");
    expect(await refusalOf(askExport(by({ ...ctx.actor, scopes: ["read"] })))).toContain("forbidden");
    expect(await refusalOf(askExport(by()))).toBe("unauthenticated");
  });

  it("done twice by the queue makes one archive and one mail", async () => {
    const id = await made();
    const before = await keptFiles();
    await makeExport({ exportId: id });
    expect(await keptFiles()).toBe(before);
    expect((await mails(db, person)).filter((kind) => kind === "exportReady")).toHaveLength(1);
  });
});

describe("getting it", () => {
  it("is for its owner alone", async () => {
    const id = await made();
    const other = await loggedIn(await aPerson({ roles: ["ADMIN"] }));
    expect(await refusalOf(openExport(other, { id }))).toBe("not_found");
    expect(await refusalOf(openExport(by(), { id }))).toBe("unauthenticated");
    const { stream, bytes, name } = await openExport(ctx, { id });
    stream.destroy();
    expect(bytes).toBeGreaterThan(100);
    expect(name).toMatch(new RegExp(`^colloquy-${person.handle}-\\d{4}-\\d\\d-\\d\\d\\.zip$`));
  });

  it("is over after a day, and then the file goes too", async () => {
    const id = await made();
    const before = await keptFiles();
    await db.sql("UPDATE data_exports SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
    expect(await refusalOf(openExport(ctx, { id }))).toBe("not_found");
    expect(await readExports(ctx)).toEqual([]);
    await dropEndedExports();
    expect(await keptFiles()).toBe(before - 1);
    expect(await db.sql("SELECT 1 FROM data_exports WHERE id = $1", [id])).toEqual([]);
  });
});
