// Leaving for good: asked for with the password, undone for some days, and then nothing is left that says who it was.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { askExport, makeExport } from "@/lib/services/export-data";
import { askToLeave, formerMember, readLeaving, removeAccount, stay } from "@/lib/services/leave";
import { logIn } from "@/lib/services/log-in";
import { readComment } from "@/lib/services/read-comment";
import { reportComment } from "@/lib/services/report-comment";
import { systemContext } from "@/lib/services/system-context";
import {
  aBrowser,
  aPerson,
  holderOf,
  loggedIn,
  mails,
  memberOf,
  type Person,
  password,
  record,
  tryLogIn,
  wrongPassword,
} from "@/tests/services/accounts/people";
import { anArticle, by, post, refusalOf, visitorOf, withoutRateLimits } from "@/tests/services/arrange";
import { dumpOf } from "@/tests/services/dump";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

beforeAll(async () => {
  env().dataDir = await mkdtemp(join(tmpdir(), "colloquy-leave-"));
});
afterAll(() => rm(env().dataDir, { recursive: true, force: true }));

let person: Person;
let ctx: Context;
beforeEach(async () => {
  person = await aPerson();
  ctx = await loggedIn(person);
});

const dayComes = () => db.sql("UPDATE users SET leaving_at = now() - interval '1 second' WHERE id = $1", [person.id]);
const remove = () => removeAccount(systemContext(), { userId: person.id });

async function leaves(mode: "DISOWN" | "DELETE"): Promise<void> {
  await askToLeave(ctx, { password, mode });
  await dayComes();
  await remove();
}

describe("asking to leave", () => {
  it("needs the password, sets a day, writes a mail and the record", async () => {
    const { until } = await askToLeave(ctx, { password, mode: "DISOWN" });
    expect(Math.round((until.getTime() - Date.now()) / 86_400_000)).toBe(7);
    expect(await readLeaving(ctx)).toEqual({ until, mode: "DISOWN" });
    expect(await mails(db, person)).toContain("leaving");
    expect(await record(db, person)).toContain("leavingAsked");
  });

  it("is refused with a wrong password, to programs, and to whom nobody knows", async () => {
    expect(await refusalOf(askToLeave(ctx, { password: wrongPassword, mode: "DELETE" }))).toBe(
      "invalid password=password.wrong",
    );
    const program = by({ ...(await memberOf(await tryLogIn(person))), session: null, scopes: ["write"] });
    expect(await refusalOf(askToLeave(program, { password, mode: "DELETE" }))).toContain("forbidden");
    expect(await refusalOf(askToLeave(by(), { password, mode: "DELETE" }))).toBe("unauthenticated");
    expect(await readLeaving(ctx)).toBeNull();
  });

  it("leaves the sessions as they are, and can be taken back", async () => {
    await askToLeave(ctx, { password, mode: "DELETE" });
    const later = await loggedIn(person);
    expect(await readLeaving(later)).toMatchObject({ mode: "DELETE" });
    await stay(later);
    await remove();
    expect(await readLeaving(ctx)).toBeNull();
    expect((await holderOf(await tryLogIn(person))).kind).toBe("member");
    expect(await record(db, person)).toEqual(expect.arrayContaining(["leavingAsked", "leavingCancelled"]));
  });

  it("does nothing before the day", async () => {
    await askToLeave(ctx, { password, mode: "DELETE" });
    await remove();
    expect((await holderOf(await tryLogIn(person))).kind).toBe("member");
  });

  it("is one job, also when asked twice", async () => {
    await askToLeave(ctx, { password, mode: "DELETE" });
    await askToLeave(ctx, { password, mode: "DISOWN" });
    const jobs = await db.sql("SELECT key FROM graphile_worker.jobs WHERE key = $1", [`delete-account:${person.id}`]);
    expect(jobs).toHaveLength(1);
    expect(await readLeaving(ctx)).toMatchObject({ mode: "DISOWN" });
  });

  it("is nobody's business but the system's to carry out", async () => {
    expect(await refusalOf(removeAccount(ctx, { userId: person.id }))).toContain("forbidden");
  });
});

describe("the last admin", () => {
  it("cannot leave; one of two can, and the other cannot then", async () => {
    const [one, two] = [await aPerson({ roles: ["ADMIN"] }), await aPerson({ roles: ["ADMIN"] })];
    await askToLeave(await loggedIn(one), { password, mode: "DISOWN" });
    const second = await loggedIn(two);
    expect(await refusalOf(askToLeave(second, { password, mode: "DISOWN" }))).toBe("conflict people.last_admin");
    await stay(await loggedIn(one));
    await askToLeave(second, { password, mode: "DISOWN" });
    // Meanwhile the other lost the power: whoever is last stays, also on the day.
    await db.sql("UPDATE users SET roles = '{}' WHERE id = $1", [one.id]);
    await db.sql("UPDATE users SET leaving_at = now() - interval '1 second' WHERE id = $1", [two.id]);
    await removeAccount(systemContext(), { userId: two.id });
    expect(await readLeaving(await loggedIn(two))).toBeNull();
    await db.sql("UPDATE users SET roles = '{}' WHERE id = $1", [two.id]);
  });
});

describe("the day", () => {
  /** A life here: comments in every state, replies of others, a report, an archive, a token, a service. */
  async function aLife() {
    const article = await anArticle();
    const top = await post(article, { body: `The first thing that ${person.handle} said.` }, ctx);
    await editComment(ctx, { id: top.id, body: `The first thing that ${person.handle} said, better.` });
    const others = await post(article, { body: "An answer of somebody else.", parentId: top.id });
    const reply = await post(article, { body: "My answer to that.", parentId: others.id }, ctx);
    const gone = await post(article, { body: "Deleted by myself." }, ctx);
    await deleteComment(ctx, { id: gone.id });
    const held = await post(article, { body: "Held for a moderator." }, ctx);
    await db.sql("UPDATE comments SET status = 'SPAM' WHERE id = $1", [held.id]);
    await db.sql("UPDATE threads SET comment_count = comment_count - 1 WHERE id = $1", [article.threadId]);
    await reportComment(ctx, { id: others.id, reason: "SPAM", note: "" });
    const { id: exportId } = await askExport(ctx);
    await makeExport({ exportId });
    await db.sql("INSERT INTO provider_accounts (provider, subject, user_id) VALUES ('oidc', $1, $2)", [
      `subject of ${person.handle}`,
      person.id,
    ]);
    await db.sql("UPDATE users SET bio = 'I am the marker of a life.', bio_html = '<p>marker</p>' WHERE id = $1", [
      person.id,
    ]);
    return { article, top, others, reply, gone, held };
  }

  it("takes name, address and every way in, from everything that is kept", async () => {
    await aLife();
    const started = await tryLogIn(person);
    const before = await dumpOf(db);
    expect(before).toContain(person.email);
    expect(before).toContain(`The one called ${person.handle}`);
    await leaves("DISOWN");
    const after = await dumpOf(db);
    expect(after).not.toContain(person.email);
    expect(after).not.toContain(`The one called ${person.handle}`);
    expect(after).not.toContain(`subject of ${person.handle}`);
    expect(after).not.toContain("marker of a life");
    for (const table of [
      "sessions",
      "known_devices",
      "provider_accounts",
      "one_time_tokens",
      "access_tokens",
      "data_exports",
    ]) {
      expect(await db.sql(`SELECT 1 FROM ${table} WHERE user_id = $1`, [person.id]), table).toEqual([]);
    }
    const kept = await readdir(join(env().dataDir, "exports"), { recursive: true, withFileTypes: true });
    expect(kept.filter((entry) => entry.isFile())).toEqual([]);
    expect((await holderOf(started)).kind).toBe("visitor");
    const attempt = logIn(by(), { identifier: person.handle, password, browser: aBrowser() });
    expect(await refusalOf(attempt)).toBe("invalid password=logIn.wrong");
    expect((await record(db, person)).at(-1)).toBe("accountDeleted");
    expect(await mails(db)).toContain("left null");
    expect(await miscounts(db)).toEqual([]);
  });

  it("leaves what was said, under nobody's name, and nobody's to change", async () => {
    const { top, reply, gone } = await aLife();
    await leaves("DISOWN");
    const { subThread } = await readComment(by(), { id: top.id });
    expect(subThread.node.comment).toMatchObject({ author: { name: formerMember, handle: null }, status: "PUBLISHED" });
    expect((await readComment(by(), { id: reply.id })).subThread.node.comment.html).toContain("My answer to that.");
    expect((await readComment(by(), { id: gone.id })).subThread.node.comment.status).toBe("DELETED");
    expect(await refusalOf(editComment(ctx, { id: top.id, body: "Once more." }))).toContain("forbidden");
    const rows = await db.sql("SELECT 1 FROM comments WHERE user_id = $1", [person.id]);
    expect(rows).toEqual([]);
  });

  it("or empties all of it, and leaves the places and the answers of others", async () => {
    const { article, top, others, reply, held } = await aLife();
    const said = `The first thing that ${person.handle} said`;
    expect(await dumpOf(db)).toContain(said);
    await leaves("DELETE");
    expect(await dumpOf(db)).not.toContain(said);
    for (const { id } of [top, reply, held]) {
      const rows = await db.sql("SELECT status, body, html FROM comments WHERE id = $1", [id]);
      expect(rows).toEqual([{ status: "DELETED", body: "", html: "" }]);
    }
    expect((await readComment(by(), { id: others.id })).subThread.node.comment.status).toBe("PUBLISHED");
    const counts = await db.sql("SELECT comment_count FROM threads WHERE id = $1", [article.threadId]);
    expect(counts).toEqual([{ comment_count: 1 }]);
    expect(await miscounts(db)).toEqual([]);
  });

  it("comes once: a second job does nothing", async () => {
    await leaves("DELETE");
    await remove();
    expect((await record(db, person)).filter((kind) => kind === "accountDeleted")).toHaveLength(1);
  });

  it("does not touch what this browser said anonymously", async () => {
    const article = await anArticle();
    const anonymous = await post(article, { body: "Said by nobody." });
    const visitor = await visitorOf(anonymous);
    await leaves("DELETE");
    expect((await readComment(by(visitor), { id: anonymous.id })).may.edit).toBe(true);
  });

  it("keeps the handle from others for a while", async () => {
    await leaves("DISOWN");
    expect(await db.sql("SELECT handle FROM handle_holds WHERE user_id = $1", [person.id])).toEqual([
      { handle: person.handle },
    ]);
  });
});
