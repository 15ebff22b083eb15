// Mail about replies: who gets one and who does not, how many there are before they become one, and how they are ended.
import { beforeEach, describe, expect, it } from "vitest";
import type { MailWish } from "@/lib/domain/mail";
import { env } from "@/lib/env";
import { composeMail } from "@/lib/services/compose-mail";
import { deleteComment } from "@/lib/services/edit-comment";
import { isStopToken, stopMails, stopToken } from "@/lib/services/stop-mails";
import { tellOfReply } from "@/lib/services/tell-of-reply";
import { inTransaction } from "@/lib/store/client";
import { emptyQueue } from "@/tests/jobs/arrange";
import { aPerson, loggedIn, type Person, passing } from "@/tests/services/accounts/people";
import { anArticle, by, post, type TestArticle } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(async () => {
  env().rateLimitFactor = 1;
  await passing(db, 1_000_000);
  await emptyQueue(db);
});

interface Waiting {
  wish: MailWish;
  seed: string;
  seconds: number;
}

/** The mails about replies that wait, oldest first. */
async function waiting(): Promise<Waiting[]> {
  const rows = await db.sql(`
    SELECT payload, extract(epoch FROM run_at - now())::int AS seconds FROM graphile_worker._private_jobs
    WHERE payload->>'kind' IN ('reply', 'moreReplies') ORDER BY id`);
  return rows.map(({ payload, seconds }) => {
    const wish = payload as MailWish & { seed: string };
    return { wish, seed: wish.seed, seconds: Number(seconds) };
  });
}

const kinds = async () => (await waiting()).map(({ wish }) => wish.kind);

/** What the mail says that waits at this place, or why there is none. */
async function mailAt(index: number) {
  const job = (await waiting())[index];
  if (!job) throw new Error(`There is no mail number ${index}.`);
  return composeMail({ wish: job.wish, seed: job.seed, first: true });
}

async function sentAt(index: number) {
  const mail = await mailAt(index);
  if (typeof mail === "string") throw new Error(`Nothing is sent: ${mail}.`);
  return mail;
}

/** A comment of somebody who can be written to. */
async function aComment(person: Person, article: TestArticle): Promise<string> {
  const { id } = await post(article, { body: `What ${person.handle} thinks.` }, await loggedIn(person));
  await passing(db, 60);
  return id;
}

const reply = (article: TestArticle, parentId: string, body = "I see it like you.") =>
  post(article, { parentId, body, name: "Bo the guest" });

describe("a reply", () => {
  it("is told to whoever wrote the comment, with its words and a way to it", async () => {
    const article = await anArticle("How do bees find home?");
    const ada = await aPerson();
    const { id } = await reply(article, await aComment(ada, article), "By the *sun*, <b>I think</b>.");
    expect(await kinds()).toEqual(["reply"]);
    const { to, subject, text, html, headers } = await sentAt(0);
    expect(to.address).toBe(ada.email);
    expect(subject).toMatch(/^A reply at .*: How do bees find home\?$/);
    expect(text).toContain("Bo the guest replied to your comment on “How do bees find home?”:");
    expect(text).toContain("> By the sun, <b>I think</b>.");
    expect(html).not.toContain("<b>I think");
    expect(text).toContain(`/comments/${id}`);
    const token = stopToken(ada.id);
    expect(headers).toEqual({
      "List-Unsubscribe": `<${env().publicOrigin}/mail/stop?token=${token}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(text).toContain(`/unsubscribe?token=${token}`);
  });

  it("that is held is told when it is approved, and not before", async () => {
    const article = await anArticle();
    const parent = await aComment(await aPerson(), article);
    const { id } = await reply(article, parent, "[a](https://a.example) [b](https://b.example) [c](https://c.example)");
    expect(await kinds()).toEqual([]);
    await inTransaction((tx) => tellOfReply(tx, id));
    expect(await kinds()).toEqual([]);
    // As approving does.
    await db.sql("UPDATE comments SET status = 'PUBLISHED', place = 2 WHERE id = $1", [id]);
    await inTransaction((tx) => tellOfReply(tx, id));
    expect(await kinds()).toEqual(["reply"]);
  });

  const silent: [string, string][] = [
    ["nobody who does not want to hear of it", "UPDATE users SET mail_replies = false WHERE id = $1"],
    ["nobody whose address is not confirmed", "UPDATE users SET email_verified_at = NULL WHERE id = $1"],
    ["nobody without an address", "UPDATE users SET email = NULL, email_verified_at = NULL WHERE id = $1"],
    ["nobody who is suspended", "UPDATE users SET suspended_at = now() WHERE id = $1"],
    ["nobody who has left", "UPDATE users SET deleted_at = now() WHERE id = $1"],
  ];
  it.each(silent)("is told to %s", async (_whom, change) => {
    const article = await anArticle();
    const ada = await aPerson();
    const parent = await aComment(ada, article);
    await db.sql(change, [ada.id]);
    await reply(article, parent);
    expect(await kinds()).toEqual([]);
  });

  it("to oneself or to somebody anonymous is told to nobody", async () => {
    const article = await anArticle();
    const ada = await aPerson();
    const own = await aComment(ada, article);
    await post(article, { parentId: own, body: "One thing more." }, await loggedIn(ada));
    const guest = await post(article, { body: "Somebody anonymous." });
    await reply(article, guest.id);
    expect(await kinds()).toEqual([]);
  });

  it("is not told when the post was rolled back, or sent twice", async () => {
    const article = await anArticle();
    const parent = await aComment(await aPerson(), article);
    const ctx = by();
    const about = { parentId: parent, body: "Once.", key: "5f0d9d3e-7a43-4f0e-9a53-0f4f34a4b7b1" };
    await post(article, about, ctx);
    await post(article, about, ctx);
    expect(await kinds()).toEqual(["reply"]);
  });

  it("that was deleted, or is not wanted any more, before the mail goes, is told to nobody", async () => {
    const article = await anArticle();
    const ada = await aPerson();
    const parent = await aComment(ada, article);
    const ctx = by();
    const { id, editToken } = await post(article, { parentId: parent, body: "Gone soon." }, ctx);
    await reply(article, parent);
    await deleteComment(ctx, { id, editToken });
    expect(await mailAt(0)).toBe("not needed");
    await stopMails(stopToken(ada.id));
    expect(await mailAt(1)).toBe("not needed");
  });
});

describe("many replies (R73)", () => {
  it("in one thread are ten mails an hour, and then one that says how many more there were", async () => {
    const article = await anArticle("How do bees find home?");
    const parent = await aComment(await aPerson(), article);
    for (let nth = 1; nth <= 22; nth++) await reply(article, parent, `Reply number ${nth}.`);
    expect(await kinds()).toEqual([...Array(10).fill("reply"), "moreReplies"]);
    const more = (await waiting())[10];
    expect(more?.seconds).toBeGreaterThan(3_500);
    expect(more?.seconds).toBeLessThanOrEqual(3_600);
    const { subject, text, headers } = await sentAt(10);
    expect(subject).toMatch(/^12 more replies at .*: How do bees find home\?$/);
    expect(text).toContain("12 more replies came to what you wrote on “How do bees find home?”.");
    expect(headers).toHaveProperty("List-Unsubscribe");
    // The next hour begins anew.
    await emptyQueue(db);
    await passing(db, 3_601);
    await reply(article, parent, "An hour later.");
    expect(await kinds()).toEqual(["reply"]);
  });

  it("to one person in many threads are sixty mails a day, and then one for each thread when the day is over", async () => {
    const ada = await aPerson();
    const [article, other] = [await anArticle(), await anArticle()];
    const [parent, elsewhere] = [await aComment(ada, article), await aComment(ada, other)];
    await reply(article, parent);
    await db.sql("UPDATE rate_limits SET count = 60 WHERE key LIKE 'mail.reply:86400000:%' AND count = 1");
    await reply(article, parent, "The sixty-first.");
    await reply(other, elsewhere, "The sixty-second.");
    expect(await kinds()).toEqual(["reply", "moreReplies", "moreReplies"]);
    expect((await waiting())[2]?.seconds).toBeGreaterThan(86_000);
  });

  it("leave room for the mails that keep an account safe", async () => {
    const ada = await aPerson();
    const article = await anArticle();
    await reply(article, await aComment(ada, article));
    await sentAt(0);
    await db.sql("UPDATE rate_limits SET count = 80 WHERE key LIKE 'mail.ordinary:%'");
    expect(await mailAt(0)).toBe("too many");
    const reset = await composeMail({
      wish: { kind: "resetPassword", userId: ada.id },
      seed: "s".repeat(43),
      first: true,
    });
    expect(reset).toHaveProperty("subject");
  });
});

describe("the link that ends them (R74)", () => {
  const wanted = async (person: Person) =>
    (await db.sql("SELECT mail_replies FROM users WHERE id = $1", [person.id]))[0]?.mail_replies;

  it("ends them for its member alone, as often as it is used", async () => {
    const [ada, bo] = [await aPerson(), await aPerson()];
    expect(isStopToken(stopToken(ada.id))).toBe(true);
    expect(await wanted(ada)).toBe(true);
    expect(await stopMails(stopToken(ada.id))).toBe(true);
    expect(await stopMails(stopToken(ada.id))).toBe(true);
    expect([await wanted(ada), await wanted(bo)]).toEqual([false, true]);
  });

  it("ends nothing for a token of nobody, of somebody else, or of no form", async () => {
    const [ada, bo] = [await aPerson(), await aPerson()];
    const signature = stopToken(ada.id).slice(`${ada.id}-`.length);
    for (const token of [
      "",
      "-",
      `${bo.id}-${signature}`,
      `${ada.id}-`,
      `0${stopToken(ada.id)}`,
      `${stopToken(ada.id)}x`,
      `${ada.id}-${"A".repeat(43)}`,
      `99999999999-${signature}`,
      stopToken(2_000_000_000),
    ]) {
      expect([token, await stopMails(token)]).toEqual([token, false]);
    }
    expect([await wanted(ada), await wanted(bo)]).toEqual([true, true]);
  });
});
