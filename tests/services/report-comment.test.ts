// Telling the moderators: once a person, about somebody else's comment that can be read, and about the text that was read.
import { describe, expect, it } from "vitest";
import type { VisitorActor } from "@/lib/domain/actor";
import { editComment } from "@/lib/services/edit-comment";
import { reportComment } from "@/lib/services/report-comment";
import {
  aMember,
  anArticle,
  aVisitor,
  by,
  post,
  refusalOf,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const reportsOn = (id: string) => db.sql("SELECT * FROM reports WHERE comment_id = $1 ORDER BY id", [id]);
const complaint = (id: string) => ({ id, reason: "ABUSE", note: "It hurts." }) as const;

async function aComment() {
  const article = await anArticle();
  const posted = await post(article);
  return { article, id: posted.id, author: await visitorOf(posted) };
}

it("is written with its reason, note and the text it is about", async () => {
  const { id, author, article } = await aComment();
  await editComment(by(author), { id, body: "Worse." });
  const reported = await reportComment(by(), complaint(id));
  expect(reported.events).toEqual([{ type: "CommentReported", articleId: article.articleId, commentId: id }]);
  const reporter = await visitorOf(reported);
  expect(await reportsOn(id)).toMatchObject([
    {
      comment_revision: 2,
      reason: "ABUSE",
      note: "It hurts.",
      state: "OPEN",
      user_id: null,
      visitor_id: reporter.visitorId,
    },
  ]);
});

describe("a second report", () => {
  it("of the same visitor or member changes nothing, also at the same moment", async () => {
    const { id, article } = await aComment();
    for (const actor of [await aVisitor(article), await aMember("watchful", "Watchful")]) {
      const before = (await reportsOn(id)).length;
      await Promise.all([reportComment(by(actor), complaint(id)), reportComment(by(actor), complaint(id))]);
      await reportComment(by(actor), { id, reason: "SPAM", note: "And spam." });
      const rows = await reportsOn(id);
      expect(rows).toHaveLength(before + 1);
      expect(rows.at(-1)).toMatchObject({ reason: "ABUSE" });
    }
  });

  it("of somebody else counts", async () => {
    const { id, article } = await aComment();
    const reporters: VisitorActor[] = [await aVisitor(article), await aVisitor(article)];
    for (const reporter of reporters) await reportComment(by(reporter), complaint(id));
    expect(await reportsOn(id)).toHaveLength(2);
  });
});

describe("is refused", () => {
  it("about one's own comment", async () => {
    const { id, author, article } = await aComment();
    expect(await refusalOf(reportComment(by(author), complaint(id)))).toBe("invalid report.own");
    const member = await aMember("own_member", "Own Member");
    const posted = await post(article, { body: "Mine." }, by(member));
    expect(await refusalOf(reportComment(by(member), complaint(posted.id)))).toBe("invalid report.own");
  });

  const gone: [string, string, string][] = [
    ["what was deleted", "status = 'DELETED', body = '', html = ''", "conflict comment.gone"],
    ["what was removed", "status = 'REMOVED', removal_reason = 'Rude'", "conflict comment.gone"],
    ["what waits", "status = 'PENDING', place = NULL, root_place = NULL", "not_found"],
    ["spam", "status = 'SPAM'", "not_found"],
  ];
  it.each(gone)("about %s", async (_sentence, change, refusal) => {
    const { id } = await aComment();
    await db.sql(`UPDATE comments SET ${change} WHERE id = $1`, [id]);
    expect(await refusalOf(reportComment(by(), complaint(id)))).toBe(refusal);
    expect(await reportsOn(id)).toEqual([]);
  });

  it("about nothing", async () => {
    expect(await refusalOf(reportComment(by(), complaint("999999999")))).toBe("not_found");
  });
});
