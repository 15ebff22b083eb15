// The figures of moderation by year: counted from what was done, and how long somebody usually waited.
import { beforeAll, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { appealRemoval } from "@/lib/services/appeal-removal";
import { decideAppeal, readAppeals } from "@/lib/services/decide-appeal";
import { moderateComment } from "@/lib/services/moderate-comment";
import { readModerationFigures } from "@/lib/services/read-moderation-log";
import { reportComment } from "@/lib/services/report-comment";
import { sanctionPerson } from "@/lib/services/sanction-person";
import { aMember, anArticle, by, post, type TestArticle, visitorOf, withoutRateLimits } from "@/tests/services/arrange";
import { aHeldComment, aModerator, seenNow } from "@/tests/services/moderation";
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
    const [appeal] = await readAppeals(by(otto));
    await decideAppeal(by(otto), { id: appeal?.id ?? 0, granted, answer: "We looked again." });
  }
  const { userId } = await aMember("eve", "Eve");
  for (const kind of ["NOTE", "WARN"] as const) {
    await sanctionPerson(by(maria), { about: { userId }, kind, reason: "Be kind." });
  }
  expect(await readModerationFigures(by())).toEqual([
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
  const { id } = await post(article, { body: "Reported and kept." });
  await reportComment(by(), { id, reason: "ABUSE", note: "" });
  await line(id, "DISMISS_REPORTS", { actor: maria.userId, after: 600, from: "PUBLISHED", to: "PUBLISHED" });
  await db.sql(
    `UPDATE reports SET state = 'DISMISSED', created_at = ${start}, decided_at = ${start} + interval '600 seconds'
     WHERE comment_id = $1`,
    [id],
  );
  expect((await readModerationFigures(by()))[0]).toMatchObject({ year: 2031, approved: 2, medianSeconds: 600 });
});
