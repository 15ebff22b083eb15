// What a day was set for: published by its job when it is due, once, whatever dies, comes twice, or was taken meanwhile.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import pg from "pg";
import pino from "pino";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { env } from "@/lib/env";
import { startJobs } from "@/lib/jobs/queue";
import { once } from "@/lib/once";
import { publishAllDue, publishDue } from "@/lib/services/publish-due";
import { publish, schedule } from "@/lib/services/review-revision";
import { systemContext } from "@/lib/services/system-context";
import { withdrawRevision } from "@/lib/services/withdraw-revision";
import { workOff } from "@/tests/jobs/arrange";
import { by, refusalOf } from "@/tests/services/arrange";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";
import { aDraft, aPerson, aRevision, published, seen, submitted, type TestDraft } from "./arrange";

const db = freshDatabase();
once("log", () => pino({ level: "silent" }));

let author: MemberActor;
let editor: MemberActor;
beforeAll(async () => {
  author = await aPerson("Author", "AUTHOR");
  editor = await aPerson("Editor", "EDITOR");
});
beforeEach(() => db.sql("DELETE FROM graphile_worker._private_jobs"));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const inAnHour = () => new Date(Date.now() + 3_600_000);

/** A revision of a live article, with a day set. */
async function scheduled(
  fields: Parameters<typeof aRevision>[2] = { body: "They waggle tomorrow." },
): Promise<TestDraft> {
  const first = await published(author, editor, { draft: await aDraft(author) });
  const draft = await submitted(author, await aRevision(author, first, fields));
  const told = { class: "CORRECTION", note: "They do it tomorrow." } as const;
  await schedule(by(editor), { ...(await seen(draft)), ...told, at: inAnHour() });
  return draft;
}

/** Lets the day come: for the text, and for its job. */
async function letTimePass(draft: TestDraft): Promise<void> {
  const past = "now() - interval '1 minute'";
  await db.sql(`UPDATE revisions SET scheduled_for = ${past} WHERE id = $1`, [draft.revisionId]);
  await db.sql(`UPDATE graphile_worker._private_jobs SET run_at = ${past} WHERE key = $1`, [
    `publish-due:${draft.revisionId}`,
  ]);
}

const rowOf = async ({ revisionId }: TestDraft) =>
  (await db.sql("SELECT state, class, note, decided_by_id FROM revisions WHERE id = $1", [revisionId]))[0];
const timesPublished = async ({ revisionId }: TestDraft) =>
  (await db.sql("SELECT actor_id FROM editorial_actions WHERE revision_id = $1 AND kind = 'PUBLISH'", [revisionId]))
    .length;

it("is published by its job when it is due, as it was decided, and not before", async () => {
  const draft = await scheduled();
  await workOff();
  expect(await rowOf(draft)).toMatchObject({ state: "SCHEDULED" });
  await letTimePass(draft);
  await workOff();
  expect(await rowOf(draft)).toEqual({
    ...{ state: "PUBLISHED", class: "CORRECTION", note: "They do it tomorrow.", decided_by_id: editor.userId },
  });
  const [line] = await db.sql(
    "SELECT actor_id, from_state, reason FROM editorial_actions WHERE revision_id = $1 AND kind = 'PUBLISH'",
    [draft.revisionId],
  );
  expect(line).toEqual({ actor_id: null, from_state: "SCHEDULED", reason: "They do it tomorrow." });
});

it("is not published early by a job that comes early", async () => {
  const draft = await scheduled();
  expect(await publishDue(systemContext(), { revisionId: draft.revisionId })).toEqual([]);
  expect(await publishAllDue(systemContext())).toEqual([]);
  expect(await rowOf(draft)).toMatchObject({ state: "SCHEDULED" });
});

it("is published once by many at once", async () => {
  const drafts = [await scheduled(), await scheduled(), await scheduled()];
  for (const draft of drafts) await letTimePass(draft);
  await Promise.all([
    ...drafts.map(({ revisionId }) => publishDue(systemContext(), { revisionId })),
    publishAllDue(systemContext()),
    workOff(),
    workOff(),
  ]);
  for (const draft of drafts)
    expect([await timesPublished(draft), (await rowOf(draft))?.state]).toEqual([1, "PUBLISHED"]);
});

it("is published once by two processes that start after nobody was there when it became due", async () => {
  const draft = await scheduled();
  await letTimePass(draft);
  await db.sql("DELETE FROM graphile_worker._private_jobs"); // Its own job is lost.
  for (const jobs of await Promise.all([startJobs(), startJobs()])) undo.push(() => jobs.stop());
  await until("the text to be published", async () => (await rowOf(draft))?.state === "PUBLISHED");
  await until("an empty queue", async () => {
    const rows = await db.sql(
      "SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'publish-due'",
    );
    return rows.length === 0;
  });
  expect(await timesPublished(draft)).toBe(1);
});

it("is published by the next process when the first one is killed in the middle of it", async () => {
  const draft = await scheduled();
  await letTimePass(draft);
  // Somebody holds the article, so that whoever publishes it has to wait in the middle of doing so.
  const holder = new pg.Client({ connectionString: db.ownerUrl });
  await holder.connect();
  undo.push(() => holder.end());
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM articles WHERE id = $1 FOR UPDATE", [draft.articleId]);
  const child = spawn(process.execPath, ["--import", "tsx", "tests/support/do-jobs.ts"], {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    env: { ...process.env, DATABASE_URL: db.applicationUrl, DATA_DIR: env().dataDir, LOG_LEVEL: "silent" },
    stdio: "ignore",
  });
  const gone = new Promise((resolve) => child.once("close", resolve));
  undo.push(() => child.kill("SIGKILL"));
  const waiting = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
                   WHERE NOT granted AND datname = current_database()`;
  await until("the job to wait for the article", async () => (await db.sql(waiting)).length > 0);
  child.kill("SIGKILL");
  await gone;
  await holder.query("COMMIT");
  expect(await rowOf(draft)).toMatchObject({ state: "SCHEDULED" });
  const jobs = await startJobs();
  undo.push(() => jobs.stop());
  await until("the text to be published", async () => (await rowOf(draft))?.state === "PUBLISHED");
  expect(await timesPublished(draft)).toBe(1);
});

it("comes to nothing when it was withdrawn, and is not published twice when an editor did not want to wait", async () => {
  const withdrawn = await scheduled();
  await withdrawRevision(by(editor), { ...withdrawn, reason: "Not yet." });
  const early = await scheduled();
  await publish(by(editor), { ...(await seen(early)), class: "UPDATE", note: "Now." });
  for (const draft of [withdrawn, early]) await letTimePass(draft);
  await workOff();
  expect([(await rowOf(withdrawn))?.state, (await rowOf(early))?.state]).toEqual(["WITHDRAWN", "PUBLISHED"]);
  expect([await timesPublished(withdrawn), await timesPublished(early)]).toEqual([0, 1]);
});

it("is published at its old address when the new one was taken meanwhile", async () => {
  const draft = await scheduled({ slug: "the-good-name", body: "They waggle." });
  await db.sql("UPDATE articles SET slug = 'the-good-name' WHERE id = (SELECT min(id) FROM articles WHERE id <> $1)", [
    draft.articleId,
  ]);
  await letTimePass(draft);
  await workOff();
  expect(await rowOf(draft)).toMatchObject({ state: "PUBLISHED" });
  const [line] = await db.sql("SELECT detail FROM editorial_actions WHERE revision_id = $1 AND kind = 'PUBLISH'", [
    draft.revisionId,
  ]);
  expect(line?.detail).toMatchObject({ slugTaken: "the-good-name" });
});

it("is nobody's to publish but the system's", async () => {
  expect(await refusalOf(publishDue(by(editor), { revisionId: 1 }))).toBe("forbidden forbidden.revision.publishDue");
});
