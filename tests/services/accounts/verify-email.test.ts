// Confirming an address: by its link alone, once; until then comments wait and no other mail is sent (R33).
import { beforeEach, describe, expect, it } from "vitest";
import { anonymously } from "@/lib/domain/actor";
import { env } from "@/lib/env";
import { editComment } from "@/lib/services/edit-comment";
import { readComment } from "@/lib/services/read-comment";
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

    await verifyEmail(by(), { token: await linkFor(person) });
    const verified = await loggedIn(person);
    expect((await post(article, { body: "Now that I am confirmed." }, verified)).status).toBe("published");
  });

  it("posting anonymously is as free as for anybody", async () => {
    const { actor } = await loggedIn(await aPerson({ verified: false }));
    expect((await post(await anArticle(), {}, by(anonymously(actor)))).status).toBe("published");
  });
});
