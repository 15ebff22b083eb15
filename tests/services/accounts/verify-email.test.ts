// Confirming an address: by its link alone, once; until then comments wait and no other mail is sent (R33).
import { beforeEach, describe, expect, it } from "vitest";
import { anonymously } from "@/lib/domain/actor";
import { env } from "@/lib/env";
import { confirmEmailChange } from "@/lib/services/change-email";
import { editComment } from "@/lib/services/edit-comment";
import { readComment } from "@/lib/services/read-comment";
import { resetPassword } from "@/lib/services/recover-account";
import { type SignUp, signUp } from "@/lib/services/sign-up";
import type { Browser } from "@/lib/services/start-session";
import { resendVerification, verifyEmail } from "@/lib/services/verify-email";
import {
  aBrowser,
  aLink,
  aPerson,
  loggedIn,
  mails,
  memberOf,
  newName,
  type Person,
  passing,
  password,
  record,
} from "@/tests/services/accounts/people";
import { anArticle, by, post, refusalOf } from "@/tests/services/arrange";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1_000_000;
});

const ended = "not_found link.ended";

/** Somebody who has just signed up in this browser. */
async function signedUp(browser: Browser = aBrowser()): Promise<Person> {
  const handle = newName("new");
  const wish: SignUp = { handle, displayName: `New ${handle}`, email: `${handle}@example.org`, password, browser };
  await signUp(by(), wish);
  const [row] = await db.sql("SELECT id FROM users WHERE handle = $1", [handle]);
  return { id: Number(row?.id), handle, email: wish.email };
}

const linkFor = (person: Person) => aLink("VERIFY_EMAIL", person);
const isVerified = async (person: Person) =>
  (await db.sql("SELECT email_verified_at FROM users WHERE id = $1", [person.id]))[0]?.email_verified_at !== null;

describe("the link", () => {
  it("confirms the address once, with a line in the record", async () => {
    const person = await signedUp();
    const token = await linkFor(person);
    expect(await verifyEmail(by(), { token })).toEqual({
      handle: person.handle,
      displayName: `New ${person.handle}`,
      session: null,
      events: [],
    });
    expect(await isVerified(person)).toBe(true);
    expect(await record(db, person)).toEqual(["signedUp", "emailVerified"]);
    expect(await refusalOf(verifyEmail(by(), { token }))).toBe(ended);
  });

  it("logs in the browser that signed up, and no other", async () => {
    const browser = aBrowser();
    const person = await signedUp(browser);
    const elsewhere = await verifyEmail(by(), { token: await linkFor(await signedUp(browser)), browser: aBrowser() });
    expect(elsewhere.session).toBeNull();
    const { session } = await verifyEmail(by(), { token: await linkFor(person), browser });
    if (!session) throw new Error("The browser that signed up was not logged in.");
    expect(await memberOf(session)).toMatchObject({ userId: person.id, verified: true });
    expect(await mails(db, person)).toEqual(["verifyEmail"]);
  });

  it("starts no session for who is logged in, is suspended, or had the address confirmed before", async () => {
    const browser = aBrowser();
    const member = await loggedIn(await aPerson());
    expect((await verifyEmail(member, { token: await linkFor(await signedUp(browser)), browser })).session).toBeNull();
    const suspended = await signedUp(browser);
    await db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [suspended.id]);
    expect((await verifyEmail(by(), { token: await linkFor(suspended), browser })).session).toBeNull();
    const person = await signedUp(browser);
    await verifyEmail(by(), { token: await linkFor(person) });
    expect((await verifyEmail(by(), { token: await linkFor(person), browser })).session).toBeNull();
  });

  it.each<[string, (person: Person) => Promise<string>]>([
    ["made up", async () => "x".repeat(43)],
    ["for something else", (person) => aLink("RESET_PASSWORD", person)],
    ["that went to another address", (person) => aLink("VERIFY_EMAIL", person, "another@example.org")],
    [
      "that came before a newer one",
      async (person) => {
        const older = await linkFor(person);
        await linkFor(person);
        return older;
      },
    ],
    [
      "whose time is over",
      async (person) => {
        const token = await linkFor(person);
        await passing(db, 1_801);
        return token;
      },
    ],
  ])("%s confirms nothing", async (_which, make) => {
    const person = await signedUp();
    expect(await refusalOf(verifyEmail(by(), { token: await make(person) }))).toBe(ended);
    expect(await isVerified(person)).toBe(false);
  });

  it("of twenty simultaneous uses counts once", async () => {
    const browser = aBrowser();
    const person = await signedUp(browser);
    const token = await linkFor(person);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => refusalOf(verifyEmail(by(), { token, browser }))),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(await db.sql("SELECT 1 FROM sessions WHERE user_id = $1", [person.id])).toHaveLength(1);
  });

  it("is sent anew three times an hour and ten times a day, and not once it is confirmed", async () => {
    env().rateLimitFactor = 1;
    const person = await aPerson({ verified: false });
    const resend = async () => refusalOf(resendVerification(await loggedIn(person)));
    for (let hour = 0; hour < 3; hour++) {
      for (let nth = 0; nth < 3; nth++) expect(await resend()).toBe("done");
      expect(await resend()).toBe("rate_limited verification.too_often");
      await passing(db, 3_601);
    }
    expect(await resend()).toBe("done");
    expect(await resend()).toBe("rate_limited verification.too_often");
    expect(await mails(db, person)).toEqual(Array(10).fill("verifyEmail"));
    expect(await refusalOf(resendVerification(await loggedIn(await aPerson())))).toBe("conflict email.confirmed");
    expect(await refusalOf(resendVerification(by()))).toBe("unauthenticated");
  });
});

describe("until then", () => {
  it("comments wait for a moderator, and their author sees why; afterwards they do not", async () => {
    const article = await anArticle();
    const person = await aPerson({ verified: false });
    const ctx = await loggedIn(person);
    const held = await post(article, {}, ctx);
    expect(held.status).toBe("pending");
    expect(await readComment(ctx, { id: held.id })).toMatchObject({ heldReason: "unverified" });
    expect((await editComment(ctx, { id: held.id, body: "Better said." })).status).toBe("pending");
    expect(await refusalOf(readComment(by(), { id: held.id }))).toBe("not_found");

    const { events } = await verifyEmail(by(), { token: await linkFor(person) });
    expect(events).toContainEqual({
      type: "CommentPublished",
      articleId: article.articleId,
      articleSlug: article.slug,
      commentId: held.id,
      authorHandle: person.handle,
    });
    expect(await refusalOf(readComment(by(), { id: held.id }))).toBe("done");
    const verified = await loggedIn(person);
    expect((await post(article, { body: "Now that I am confirmed." }, verified)).status).toBe("published");
  });

  it("all of them get their places and are counted, the system says so in the log, and whoever they answer hears of it", async () => {
    const [article, other] = [await anArticle(), await anArticle()];
    const author = await aPerson();
    const parent = await post(article, { body: "A question." }, await loggedIn(author));
    const person = await aPerson({ verified: false });
    const ctx = await loggedIn(person);
    const ids = [
      await post(article, { body: "An answer.", parentId: parent.id }, ctx),
      await post(other, { body: "One." }, ctx),
      await post(other, { body: "Two." }, ctx),
    ].map(({ id }) => id);
    await verifyEmail(by(), { token: await linkFor(person) });
    const rows = await db.sql(
      "SELECT status, place, root_place FROM comments WHERE id = ANY($1::bigint[]) ORDER BY id",
      [ids],
    );
    expect(rows).toEqual([
      { status: "PUBLISHED", place: 2, root_place: null },
      { status: "PUBLISHED", place: 1, root_place: 1 },
      { status: "PUBLISHED", place: 2, root_place: 2 },
    ]);
    const lines = await db.sql(
      "SELECT kind, actor_id, reason FROM moderation_actions WHERE comment_id = $1 ORDER BY id",
      [ids[0]],
    );
    expect(lines).toEqual([
      { kind: "HOLD", actor_id: null, reason: "unverified" },
      { kind: "APPROVE", actor_id: null, reason: "verdict.address_confirmed" },
    ]);
    expect(await mails(db, author)).toContain("reply");
    expect(await miscounts(db)).toEqual([]);
  });

  it("what was held for more, or decided since, or belongs to somebody limited, waits on", async () => {
    const article = await anArticle();
    const held = async (change: string) => {
      const person = await aPerson({ verified: false });
      const { id } = await post(article, { body: `By ${person.handle}.` }, await loggedIn(person));
      await db.sql(change.replaceAll("$comment", id).replaceAll("$user", String(person.id)));
      expect((await verifyEmail(by(), { token: await linkFor(person) })).events).toEqual([]);
      return (await db.sql("SELECT status FROM comments WHERE id = $1", [id]))[0]?.status;
    };
    const line = (kind: string, reason: string) =>
      `INSERT INTO moderation_actions (kind, comment_id, from_status, to_status, reason) VALUES ('${kind}', $comment, 'PENDING', 'PENDING', '${reason}')`;
    expect(await held(line("HOLD", "links"))).toBe("PENDING");
    expect(await held(line("APPROVE", "verdict.approved"))).toBe("PENDING");
    expect(await held("UPDATE users SET suspended_at = now() WHERE id = $user")).toBe("PENDING");
    expect(await held("UPDATE comments SET status = 'SPAM' WHERE id = $comment")).toBe("SPAM");
    expect(await held("INSERT INTO sanctions (kind, user_id, reason) VALUES ('PREMODERATE', $user, 'x')")).toBe(
      "PENDING",
    );
    expect(await held("UPDATE comments SET status = 'DELETED', body = '', html = '' WHERE id = $comment")).toBe(
      "DELETED",
    );
  });

  it("a reset of the password confirms the address too, but not what was written before it", async () => {
    const person = await aPerson({ verified: false });
    const { id } = await post(await anArticle(), {}, await loggedIn(person));
    await resetPassword(by(), { token: await aLink("RESET_PASSWORD", person), password: "eleven herons at noon" });
    expect(await isVerified(person)).toBe(true);
    expect((await db.sql("SELECT status FROM comments WHERE id = $1", [id]))[0]?.status).toBe("PENDING");
  });

  it("another address that is confirmed is as good", async () => {
    const person = await aPerson({ verified: false });
    const { id } = await post(await anArticle(), {}, await loggedIn(person));
    const token = await aLink("CHANGE_EMAIL", person, `other-${person.email}`);
    expect((await confirmEmailChange(by(), { token })).events).toHaveLength(2);
    expect((await db.sql("SELECT status FROM comments WHERE id = $1", [id]))[0]?.status).toBe("PUBLISHED");
  });

  it("posting anonymously is as free as for anybody", async () => {
    const { actor } = await loggedIn(await aPerson({ verified: false }));
    expect((await post(await anArticle(), {}, by(anonymously(actor)))).status).toBe("published");
  });
});
