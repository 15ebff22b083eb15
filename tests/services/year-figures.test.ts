// The figures of moderation by year: counted from what was done, and how long somebody usually waited. A job keeps them; whatever happens
// between its runs, they are what counting everything anew gives.
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { type Random, randomOf } from "@/bench/site/random";
import type { MemberActor } from "@/lib/domain/actor";
import type { YearFigures } from "@/lib/domain/public-log";
import { verdictsFor } from "@/lib/domain/verdict";
import { appealRemoval } from "@/lib/services/appeal-removal";
import { countFigures } from "@/lib/services/count-figures";
import { decideAppeal, readAppeals } from "@/lib/services/decide-appeal";
import { deleteComment } from "@/lib/services/edit-comment";
import { removeAccount } from "@/lib/services/leave";
import { moderateComment } from "@/lib/services/moderate-comment";
import { readModerationFigures } from "@/lib/services/read-moderation-log";
import { reportComment } from "@/lib/services/report-comment";
import { sanctionPerson } from "@/lib/services/sanction-person";
import { systemContext } from "@/lib/services/system-context";
import { undoVerdict } from "@/lib/services/undo-verdict";
import { spanOf } from "@/lib/ui/labels";
import {
  aMember,
  anArticle,
  by,
  post,
  refusalOf,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { aHeldComment, aModerator, seenNow, threeLinks } from "@/tests/services/moderation";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let maria: MemberActor;
let otto: MemberActor;
beforeAll(async () => {
  article = await anArticle();
  maria = await aModerator(db, "maria");
  otto = await aModerator(db, "otto");
});

it("are none on a new site, once that is counted", async () => {
  expect(await readModerationFigures(by())).toEqual({ years: [], countedAt: null });
  expect(await countFigures()).toEqual([{ type: "FiguresCounted" }]);
  expect(await readModerationFigures(by())).toEqual({ years: [], countedAt: expect.any(Date) });
});

it("count reports, verdicts, appeals and sanctions of the year", async () => {
  const judge = async (id: string, verdict: "approve" | "markSpam" | "remove" | "dismissReports") =>
    moderateComment(by(maria), { id, verdict, seen: await seenNow(id), reason: "removal.ABUSE" });
  await judge((await aHeldComment(article)).id, "approve");
  await judge((await aHeldComment(article)).id, "markSpam");
  const kept = await post(article, { body: "Reported for nothing." });
  const rude = await post(article, { body: "Reported with reason." });
  for (const { id } of [kept, rude]) {
    await reportComment(by(await aMember(`who${id}`, `Who ${id}`)), { id, reason: "ABUSE", note: "" });
  }
  await judge(kept.id, "dismissReports");
  await judge(rude.id, "remove");
  const gone = await post(article, { body: "Removed by mistake." });
  await judge(gone.id, "remove");
  for (const [{ id, visitorToken }, granted] of [
    [rude, false],
    [gone, true],
  ] as const) {
    await appealRemoval(by(await visitorOf({ visitorToken })), { id, body: "It was meant kindly." });
    // Counted while it waits, and again when it is decided.
    await countFigures();
    const [appeal] = await readAppeals(by(otto));
    await decideAppeal(by(otto), { id: appeal?.id ?? 0, granted, answer: "We looked again." });
  }
  const { userId } = await aMember("eve", "Eve");
  for (const kind of ["NOTE", "WARN"] as const) {
    await sanctionPerson(by(maria), { about: { userId }, kind, reason: "Be kind." });
  }
  await countFigures();
  expect((await readModerationFigures(by())).years).toEqual([
    {
      year: new Date().getUTCFullYear(),
      comments: 5,
      heldBySystem: 2,
      approved: 1,
      removed: 2,
      spam: 1,
      restored: 1,
      reports: 2,
      reportsUpheld: 1,
      reportsDismissed: 1,
      appeals: 2,
      appealsGranted: 1,
      appealsDenied: 1,
      sanctions: 1,
      medianSeconds: expect.any(Number),
    },
  ]);
});

it("tell how long somebody usually waits: from being held, or reported, to the decision", async () => {
  const start = "'2031-05-04T12:00:00Z'::timestamptz";
  const line = (id: string, kind: string, about: { actor: number | null; after: number; from: string; to: string }) =>
    db.sql(
      `INSERT INTO moderation_actions (kind, comment_id, actor_id, from_status, to_status, reason, created_at)
       VALUES ($2::moderation_kind, $1, $3, $4::comment_status, $5::comment_status, 'verdict', ${start} + $6 * interval '1 second')`,
      [id, kind, about.actor, about.from, about.to, about.after],
    );
  for (const waited of [60, 86_400]) {
    const { id } = await post(article, { body: `Waited ${waited}.` });
    await line(id, "HOLD", { actor: null, after: 0, from: "PUBLISHED", to: "PENDING" });
    await line(id, "APPROVE", { actor: maria.userId, after: waited, from: "PENDING", to: "PUBLISHED" });
  }
  // Nobody waited for this one.
  const { id: seenByChance } = await post(article, { body: "Neither held nor reported." });
  await line(seenByChance, "REMOVE", { actor: maria.userId, after: 700, from: "PUBLISHED", to: "REMOVED" });
  const { id } = await post(article, { body: "Reported and kept." });
  await reportComment(by(), { id, reason: "ABUSE", note: "" });
  await line(id, "DISMISS_REPORTS", { actor: maria.userId, after: 600, from: "PUBLISHED", to: "PUBLISHED" });
  await db.sql(
    `UPDATE reports SET state = 'DISMISSED', created_at = ${start}, decided_at = ${start} + interval '600 seconds'
     WHERE comment_id = $1`,
    [id],
  );
  await countFigures();
  expect((await readModerationFigures(by())).years[0]).toMatchObject({ year: 2031, approved: 2, medianSeconds: 600 });
});

/** Everything counted anew, by the plainest question; the median to the second. */
async function countedPlainly(): Promise<YearFigures[]> {
  const rows = await db.sql(`
    WITH lines AS (
      SELECT extract(year FROM m.created_at AT TIME ZONE 'UTC')::int AS year, m.kind::text AS kind, m.actor_id,
             CASE WHEN m.actor_id IS NOT NULL AND m.kind IN ('APPROVE', 'MARK_SPAM', 'REMOVE', 'DISMISS_REPORTS') THEN
               extract(epoch FROM m.created_at - (
                 SELECT max(since.at) FROM (
                   SELECT max(h.created_at) AS at FROM moderation_actions h
                   WHERE h.comment_id = m.comment_id AND h.id < m.id AND h.kind = 'HOLD'
                   UNION ALL
                   SELECT min(p.created_at) FROM reports p WHERE p.comment_id = m.comment_id AND p.decided_at = m.created_at) since))
             END AS waited
      FROM moderation_actions m),
    told AS (
      SELECT extract(year FROM created_at AT TIME ZONE 'UTC')::int AS year, count(*)::int AS reports,
             count(*) FILTER (WHERE state = 'UPHELD')::int AS upheld, count(*) FILTER (WHERE state = 'DISMISSED')::int AS dismissed
      FROM reports GROUP BY 1),
    asked AS (
      SELECT extract(year FROM created_at AT TIME ZONE 'UTC')::int AS year, count(*)::int AS appeals,
             count(*) FILTER (WHERE state = 'GRANTED')::int AS granted, count(*) FILTER (WHERE state = 'DENIED')::int AS denied
      FROM appeals GROUP BY 1),
    said AS (
      SELECT extract(year FROM created_at AT TIME ZONE 'UTC')::int AS year, count(*)::int AS comments FROM comments GROUP BY 1),
    decided AS (
      SELECT year,
             count(*) FILTER (WHERE kind = 'HOLD' AND actor_id IS NULL)::int AS held,
             count(*) FILTER (WHERE kind = 'APPROVE')::int AS approved,
             count(*) FILTER (WHERE kind = 'REMOVE')::int AS removed,
             count(*) FILTER (WHERE kind = 'MARK_SPAM')::int AS spam,
             count(*) FILTER (WHERE kind IN ('RESTORE', 'GRANT_APPEAL'))::int AS restored,
             count(*) FILTER (WHERE kind IN ('WARN', 'MUTE', 'PREMODERATE', 'BAN'))::int AS sanctions,
             (percentile_disc(0.5) WITHIN GROUP (ORDER BY waited))::float8 AS median
      FROM lines GROUP BY year)
    SELECT year, comments, held, approved, removed, spam, restored, reports, upheld, dismissed, appeals, granted, denied, sanctions, median
    FROM decided FULL JOIN told USING (year) FULL JOIN asked USING (year) LEFT JOIN said USING (year)
    ORDER BY year DESC LIMIT 10`);
  const of = (figure: unknown) => Number(figure ?? 0);
  return rows.map((row) => ({
    year: of(row.year),
    comments: of(row.comments),
    heldBySystem: of(row.held),
    approved: of(row.approved),
    removed: of(row.removed),
    spam: of(row.spam),
    restored: of(row.restored),
    reports: of(row.reports),
    reportsUpheld: of(row.upheld),
    reportsDismissed: of(row.dismissed),
    appeals: of(row.appeals),
    appealsGranted: of(row.granted),
    appealsDenied: of(row.denied),
    sanctions: of(row.sanctions),
    medianSeconds: row.median === null ? null : of(row.median),
  }));
}

/** As the page says them. */
const said = (years: readonly YearFigures[]) =>
  years.map(({ medianSeconds, ...counts }) => ({
    ...counts,
    median: medianSeconds === null ? null : spanOf(Math.round(medianSeconds)),
  }));

async function expectRight(): Promise<void> {
  expect(said((await readModerationFigures(by())).years)).toEqual(said(await countedPlainly()));
}

const sequences = ["comments", "moderation_actions", "reports", "appeals"];

/** Somebody's comment that came with an import: written seconds or years ago, and held then. */
async function imported(random: Random): Promise<string> {
  const at = new Date(Date.now() - 1_000 * Math.round(300_000_000 ** random.next()));
  const [row] = await db.sql(
    `INSERT INTO comments (thread_id, status, author_name, visitor_id, body, html, renderer_version, body_hash, held_reason, created_at)
     SELECT $1, 'PENDING', 'Robin', max(id), 'From before.', '<p>From before.</p>', 1, sha256('x'), 'links', $2 FROM visitors
     RETURNING id`,
    [article.threadId, at],
  );
  await db.sql(
    `INSERT INTO moderation_actions (kind, comment_id, from_status, to_status, reason, created_at)
     VALUES ('HOLD', $1, NULL, 'PENDING', 'links', $2)`,
    [row?.id, at],
  );
  return String(row?.id);
}

/** One thing that happens on a site, whatever comes; what is not possible just now is refused. */
function deedsOf(random: Random, seed: number): (() => Promise<unknown>)[] {
  const ids: string[] = [];
  const reporters: MemberActor[] = [];
  const authors = new Map<string, string>();
  let nth = 0;
  const anyId = () => ids[random.between(0, ids.length - 1)] ?? "";
  const say = async (body: string) => {
    const posted = await post(article, { body: `${body} ${seed} ${nth++}` });
    ids.push(posted.id);
    if (posted.visitorToken) authors.set(posted.id, posted.visitorToken);
  };
  const judge = async () => {
    const id = anyId();
    const seen = await seenNow(id);
    const possible = verdictsFor({ status: seen.status, editWaits: false, reported: seen.reported });
    const verdict =
      possible.find((one) => one === "remove" && random.next() < 0.4) ??
      possible[random.between(0, possible.length - 1)];
    if (verdict) await moderateComment(by(random.pick([maria, otto])), { id, verdict, seen, reason: "removal.ABUSE" });
  };
  const report = async () => {
    const reporter = await aMember(`r${seed}x${nth++}`, `Reporter ${seed} ${nth}`);
    reporters.push(reporter);
    await reportComment(by(reporter), { id: anyId(), reason: "ABUSE", note: "" });
    // Told some time ago: up to three months, over a turn of the year perhaps.
    await db.sql(
      "UPDATE reports SET created_at = created_at - $1 * interval '1 second' WHERE id = (SELECT max(id) FROM reports)",
      [Math.round(7_776_000 ** random.next())],
    );
  };
  const appeal = async () => {
    for (const [id, visitorToken] of authors) {
      await refusalOf(appealRemoval(by(await visitorOf({ visitorToken })), { id, body: "It was meant kindly." }));
    }
  };
  const decide = async () => {
    const appeals = await readAppeals(by(otto));
    const id = appeals[random.between(0, appeals.length - 1)]?.id ?? 0;
    await decideAppeal(by(otto), { id, granted: random.next() < 0.5, answer: "We looked again." });
  };
  const leave = async () => {
    const leaver = reporters.splice(0, 1)[0];
    if (!leaver) return;
    await db.sql("UPDATE users SET leaving_at = now() - interval '1 second', leaving_mode = 'DELETE' WHERE id = $1", [
      leaver.userId,
    ]);
    await removeAccount(systemContext(), leaver);
  };
  const erase = async () => {
    const [id, visitorToken] = [...authors][random.between(0, authors.size - 1)] ?? ["", undefined];
    await deleteComment(by(await visitorOf({ visitorToken })), { id });
  };
  const sanction = () =>
    sanctionPerson(by(maria), { about: { userId: reporters[0]?.userId ?? 0 }, kind: "WARN", reason: "Be kind." });
  return [
    () => say("A remark."),
    () => say("Another remark."),
    () => say(threeLinks),
    async () => ids.push(await imported(random)),
    async () => ids.push(await imported(random)),
    async () => ids.push(await imported(random)),
    ...[judge, judge, judge, judge, report, report, appeal, decide, decide, erase, sanction, leave],
    () => undoVerdict(by(random.pick([maria, otto])), {}),
    () => undoVerdict(by(random.pick([maria, otto])), {}),
    countFigures,
    () => countFigures(() => true),
    () => Promise.all([countFigures(), countFigures()]),
  ];
}

describe("are what counting everything anew gives", () => {
  it.each([2, 3])("after whatever happens, in whichever order: history %i", async (seed) => {
    const random = randomOf(20261123, seed);
    // The next thousand of ids begins in the middle of this.
    for (const table of sequences) {
      await db.sql(`SELECT setval('${table}_id_seq', greatest($1, (SELECT max(id) FROM ${table})))`, [
        seed * 700_000 - 15,
      ]);
    }
    const deeds = deedsOf(random, seed);
    for (const deed of deeds.slice(0, 3)) await deed();
    for (let n = 0; n < 90; n++) await refusalOf(Promise.resolve(deeds[random.between(0, deeds.length - 1)]?.()));
    await countFigures();
    await expectRight();
  });

  it("and of every figure there is something", async () => {
    const years = await countedPlainly();
    for (const figure of Object.keys(years[0] ?? {})) {
      expect([
        figure,
        years.some((year) => Object.entries(year).some(([key, value]) => key === figure && value)),
      ]).toEqual([figure, true]);
    }
  });

  it("when a comment with an earlier id comes to be seen after a later one", async () => {
    const late = new pg.Client({ connectionString: db.ownerUrl });
    await late.connect();
    try {
      await late.query("BEGIN");
      await late.query("SELECT nextval('comments_id_seq') AS id");
      await post(article, { body: "Later, and there before." });
      const { countedAt } = await readModerationFigures(by());
      // Nothing is counted before those have ended who may still write.
      expect(await countFigures(() => true)).toEqual([]);
      expect((await readModerationFigures(by())).countedAt).toEqual(countedAt);
      const waiting = countFigures();
      await late.query(
        `INSERT INTO comments (id, thread_id, status, author_name, visitor_id, body, html, renderer_version, body_hash)
         SELECT currval('comments_id_seq'), $1, 'PENDING', 'Robin', max(id), 'Earlier.', '<p>Earlier.</p>', 1, sha256('x') FROM visitors`,
        [article.threadId],
      );
      await late.query("COMMIT");
      await waiting;
      await expectRight();
    } finally {
      await late.end();
    }
  });

  it("when all that was kept is thrown away", async () => {
    await db.sql("DELETE FROM figure_progress; TRUNCATE figure_blocks");
    expect((await readModerationFigures(by())).countedAt).toBeNull();
    await countFigures(() => true);
    expect(await readModerationFigures(by())).toEqual({ years: [], countedAt: null });
    await countFigures();
    await expectRight();
  });
});

it("say as of when they are right, and are told of when they are others", async () => {
  await countFigures();
  const before = await readModerationFigures(by());
  expect(await countFigures()).toEqual([]);
  const after = await readModerationFigures(by());
  expect(after.years).toEqual(before.years);
  expect(after.countedAt?.getTime()).toBeGreaterThan(before.countedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  expect(await db.sql("SELECT $1 <= clock_timestamp() AS past", [after.countedAt])).toEqual([{ past: true }]);
  await aHeldComment(article);
  expect(await countFigures()).toEqual([{ type: "FiguresCounted" }]);
});
