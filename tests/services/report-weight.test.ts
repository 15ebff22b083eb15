// What reports bring about: they weigh by their authors' record, enough of them hold a comment, and nobody can vote somebody else away alone.
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import { moderateComment } from "@/lib/services/moderate-comment";
import { reportComment } from "@/lib/services/report-comment";
import {
  aMember,
  anArticle,
  by,
  newNetwork,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let moderator: MemberActor;
let serial = 0;

beforeAll(async () => {
  article = await anArticle();
  moderator = { ...(await aMember("mod", "Moderator")), roles: ["MODERATOR"] };
});

const somebody = () => aMember(`member${++serial}`, `Member ${serial}`);

const complain = (id: string, who: Actor, network = newNetwork()) =>
  reportComment(by(who, { network }), { id, reason: "SPAM", note: "" });

/** A comment, and what its row says. */
async function aComment() {
  const { id } = await post(article, { body: `Cheap watches ${++serial}` });
  const row = async () =>
    (
      await db.sql(
        "SELECT status, report_weight, held_reason, waiting_since IS NOT NULL AS waits FROM comments WHERE id = $1",
        [id],
      )
    )[0];
  return { id, row };
}

/** Somebody whose reports came to this. */
async function reporterWith(upheld: number, dismissed: number): Promise<MemberActor> {
  const member = await somebody();
  for (let nth = 0; nth < upheld + dismissed; nth++) {
    const { id } = await aComment();
    await db.sql(
      "INSERT INTO reports (comment_id, comment_revision, reason, state, user_id, decided_at) VALUES ($1, 1, 'SPAM', $2::report_state, $3, now())",
      [id, nth < upheld ? "UPHELD" : "DISMISSED", member.userId],
    );
  }
  return member;
}

describe("a report weighs", () => {
  it.each([
    ["one of somebody new", 0, 0, 1],
    ["more of somebody who was right", 4, 0, 5 / 3],
    ["less of somebody who was wrong", 0, 2, 0.5],
    ["a quarter of somebody who is always wrong", 0, 20, 0.25],
  ])("%s", async (_sentence, upheld, dismissed, weight) => {
    const { id, row } = await aComment();
    await complain(id, await reporterWith(upheld, dismissed));
    expect((await row())?.report_weight).toBeCloseTo(weight);
    expect(await row()).toMatchObject({ status: "PUBLISHED", waits: true });
  });

  it("nothing of somebody sanctioned, and calls nobody", async () => {
    const member = await somebody();
    await db.sql("INSERT INTO sanctions (kind, user_id, reason) VALUES ('MUTE', $1, 'x')", [member.userId]);
    const { id, row } = await aComment();
    await complain(id, member);
    expect(await row()).toMatchObject({ report_weight: 0, waits: false });
    expect(await db.sql("SELECT weight FROM reports WHERE comment_id = $1", [id])).toEqual([{ weight: 0 }]);
  });

  it("nothing when the same network comes once more without its cookie", async () => {
    const network = newNetwork();
    const { id, row } = await aComment();
    for (let nth = 0; nth < 5; nth++) await complain(id, stranger, network);
    expect(await row()).toMatchObject({ status: "PUBLISHED", report_weight: 1 });
    const other = await aComment();
    await complain(other.id, stranger, network);
    expect(await other.row()).toMatchObject({ report_weight: 1 });
  });

  it("is added once for a person, however often they send it", async () => {
    const member = await somebody();
    const { id, row } = await aComment();
    await Promise.all([complain(id, member), complain(id, member), complain(id, member)]);
    expect(await row()).toMatchObject({ report_weight: 1 });
  });
});

describe("enough reports", () => {
  const reportedBy = async (id: string, people: number) => {
    let last: Awaited<ReturnType<typeof complain>> | undefined;
    for (let nth = 0; nth < people; nth++) last = await complain(id, await somebody());
    return last;
  };

  it("hold the comment, with a line of the system, and readers' pages are told", async () => {
    const { id, row } = await aComment();
    await reportedBy(id, 2);
    expect(await row()).toMatchObject({ status: "PUBLISHED" });
    const last = await reportedBy(id, 1);
    expect(await row()).toMatchObject({ status: "PENDING", held_reason: "reports", waits: true });
    expect(last?.events.map(({ type }) => type)).toEqual(["CommentReported", "CommentChanged", "ModerationLogged"]);
    expect(
      await db.sql(
        "SELECT kind, actor_id, from_status, to_status, reason FROM moderation_actions WHERE comment_id = $1",
        [id],
      ),
    ).toEqual([{ kind: "HOLD", actor_id: null, from_status: "PUBLISHED", to_status: "PENDING", reason: "reports" }]);
    const [thread] = await db.sql(
      "SELECT comment_count = (SELECT count(*) FROM comments c WHERE c.thread_id = t.id AND c.status = 'PUBLISHED') AS right FROM threads t WHERE id = $1",
      [article.threadId],
    );
    expect(thread).toEqual({ right: true });
    expect(await refusalOf(complain(id, await somebody()))).toBe("not_found");
  });

  it("three at the same moment hold it once", async () => {
    const { id, row } = await aComment();
    const people = await Promise.all([somebody(), somebody(), somebody()]);
    await Promise.all(people.map((member) => complain(id, member)));
    expect(await row()).toMatchObject({ status: "PENDING", report_weight: 3 });
    expect(await db.sql("SELECT count(*)::int AS lines FROM moderation_actions WHERE comment_id = $1", [id])).toEqual([
      { lines: 1 },
    ]);
  });

  it("hold nothing that a moderator has let stand as it is", async () => {
    const { id, row } = await aComment();
    await reportedBy(id, 3);
    const [seen] = await db.sql("SELECT revision FROM comments WHERE id = $1", [id]);
    await moderateComment(by(moderator), {
      id,
      verdict: "approve",
      seen: { status: "PENDING", revision: Number(seen?.revision), edit: "d41d8cd9", reported: true },
    });
    expect(await row()).toMatchObject({ status: "PUBLISHED", report_weight: 0 });
    await reportedBy(id, 4);
    expect(await row()).toMatchObject({ status: "PUBLISHED", waits: true });
    // Another text is another matter.
    await db.sql("UPDATE comments SET revision = 2 WHERE id = $1", [id]);
    await complain(id, await somebody());
    expect(await row()).toMatchObject({ status: "PENDING", held_reason: "reports" });
  });
});
