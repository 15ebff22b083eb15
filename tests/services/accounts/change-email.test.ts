// Another address (R34): only with the password, only to a mailbox that answers, and never so that its owner loses the account.
import { beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { askEmailChange, confirmEmailChange, undoEmailChange } from "@/lib/services/change-email";
import { readLink } from "@/lib/services/read-link";
import { resetPassword } from "@/lib/services/recover-account";
import {
  aLink,
  aPerson,
  holderOf,
  loggedIn,
  mails,
  newName,
  type Person,
  passing,
  password,
  record,
  tryLogIn,
  wrongPassword,
} from "@/tests/services/accounts/people";
import { by, refusalOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1_000_000;
});

const ended = "not_found link.ended";
const newEmail = () => `${newName("mail")}@example.org`;

const accountOf = async (person: { id: number }) =>
  (await db.sql("SELECT email, email_verified_at, password_hash FROM users WHERE id = $1", [person.id]))[0];
const emailOf = async (person: { id: number }) => (await accountOf(person))?.email;

/** Confirms a change, as the one who holds the new mailbox would. */
async function moved(person: Person, email = newEmail()): Promise<string> {
  await confirmEmailChange(by(), { token: await aLink("CHANGE_EMAIL", person, email) });
  return email;
}

describe("asking for it", () => {
  it("sends a link to the new address; until it is used the old one stays", async () => {
    const person = await aPerson();
    const email = newEmail();
    await askEmailChange(await loggedIn(person), { email, password });
    expect(await emailOf(person)).toBe(person.email);
    expect((await mails(db, person)).at(-1)).toBe("changeEmail");
    const [job] = await db.sql(
      "SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'kind' = 'changeEmail' ORDER BY id DESC LIMIT 1",
    );
    expect(job?.payload).toMatchObject({ kind: "changeEmail", userId: person.id, email });
    expect(await record(db, person)).toContain("emailChangeAsked");
  });

  it("needs the password, or to have given it a moment ago", async () => {
    const person = await aPerson();
    const ctx = await loggedIn(person);
    const ask = (about: { password?: string }, when = ctx) =>
      refusalOf(askEmailChange(when, { email: newEmail(), ...about }));
    expect(await ask({ password: wrongPassword })).toBe("invalid password=password.wrong");
    expect(await ask({})).toBe("done");
    const later = { ...ctx, now: new Date(Date.now() + 15 * 60_000 + 1_000) };
    expect(await ask({}, later)).toBe("unauthenticated confirm.needed");
    expect(await ask({ password }, later)).toBe("done");
    expect(await ask({ password }, by())).toBe("unauthenticated");
  });

  it("says the same about an address that somebody has; its owner hears of it and the account stays theirs", async () => {
    const [person, owner] = [await aPerson(), await aPerson()];
    expect(await refusalOf(askEmailChange(await loggedIn(person), { email: owner.email, password }))).toBe("done");
    expect(await mails(db, owner)).toEqual(["addressTaken"]);
    expect(await mails(db, person)).not.toContain("changeEmail");
  });

  it("for the address that one has makes no sense", async () => {
    const person = await aPerson();
    const attempt = askEmailChange(await loggedIn(person), { email: person.email, password });
    expect(await refusalOf(attempt)).toBe("invalid email=email.same");
  });

  it("is possible four times a day; one address gets three mails an hour, whoever asks", async () => {
    env().rateLimitFactor = 1;
    const person = await aPerson();
    const ctx = await loggedIn(person);
    for (let nth = 0; nth < 4; nth++) {
      expect(await refusalOf(askEmailChange(ctx, { email: newEmail(), password }))).toBe("done");
    }
    expect(await refusalOf(askEmailChange(ctx, { email: newEmail(), password }))).toBe(
      "rate_limited account.too_often",
    );
    await passing(db, 24 * 3_600 + 1);
    expect(await refusalOf(askEmailChange(ctx, { email: newEmail(), password }))).toBe("done");

    const victim = newEmail();
    const askers = await Promise.all([aPerson(), aPerson(), aPerson(), aPerson()]);
    for (const asker of askers) {
      expect(await refusalOf(askEmailChange(await loggedIn(asker), { email: victim, password }))).toBe("done");
    }
    const [sent] = await db.sql(
      "SELECT count(*)::int AS n FROM graphile_worker._private_jobs WHERE payload->>'email' = $1",
      [victim],
    );
    expect(sent?.n).toBe(3);
  });
});

describe("the link in the new mailbox", () => {
  it("gives the account the address, once; the old one is told", async () => {
    const person = await aPerson();
    const email = newEmail();
    const token = await aLink("CHANGE_EMAIL", person, email);
    expect(await confirmEmailChange(by(), { token })).toEqual({ handle: person.handle, email, events: [] });
    expect(await emailOf(person)).toBe(email);
    expect(await mails(db, person)).toEqual(["emailChanged"]);
    expect(await record(db, person)).toEqual(["emailChanged"]);
    expect(await refusalOf(confirmEmailChange(by(), { token }))).toBe(ended);
    expect(await refusalOf(tryLogIn(person, { identifier: email }))).toBe("done");
    expect(await refusalOf(tryLogIn(person, { identifier: person.email }))).toBe("invalid password=logIn.wrong");
  });

  it("ends every link that went to the old address", async () => {
    const person = await aPerson();
    const reset = await aLink("RESET_PASSWORD", person);
    const verify = await aLink("VERIFY_EMAIL", person);
    await moved(person);
    expect(await refusalOf(resetPassword(by(), { token: reset, password: "eleven herons at noon" }))).toBe(ended);
    expect(await readLink({ purpose: "VERIFY_EMAIL", token: verify })).toBeNull();
  });

  it("does not take an address that somebody else has confirmed meanwhile, and stays good", async () => {
    const [person, owner] = [await aPerson(), await aPerson()];
    const token = await aLink("CHANGE_EMAIL", person, owner.email);
    expect(await refusalOf(confirmEmailChange(by(), { token }))).toBe("conflict email.taken");
    expect(await emailOf(person)).toBe(person.email);
    expect(await emailOf(owner)).toBe(owner.email);
  });

  it("takes it from an account that never showed it was its own; nothing opens that account any more", async () => {
    const squatter = await aPerson({ verified: false });
    const session = await tryLogIn(squatter);
    const person = await aPerson();
    await moved(person, squatter.email);
    expect(await emailOf(person)).toBe(squatter.email);
    expect(await accountOf(squatter)).toMatchObject({ email: null, password_hash: null });
    expect((await holderOf(session)).kind).toBe("visitor");
    expect(await refusalOf(tryLogIn(squatter))).toBe("invalid password=logIn.wrong");
  });

  it("of two accounts that prove one address at once, one gets it", async () => {
    const email = newEmail();
    const people = [await aPerson(), await aPerson()];
    const tokens = await Promise.all(people.map((person) => aLink("CHANGE_EMAIL", person, email)));
    const outcomes = await Promise.all(tokens.map((token) => refusalOf(confirmEmailChange(by(), { token }))));
    expect(outcomes.sort()).toEqual(["conflict email.taken", "done"]);
  });
});

describe("the link in the old mailbox", () => {
  it("brings the address back within a week, and puts whoever changed it out", async () => {
    const person = await aPerson();
    const thief = await tryLogIn(person);
    const undo = await aLink("UNDO_EMAIL", person);
    const stolen = await moved(person);
    const reset = await aLink("RESET_PASSWORD", person, stolen);

    expect(await undoEmailChange(by(), { token: undo })).toEqual({ handle: person.handle, email: person.email });
    expect(await accountOf(person)).toMatchObject({ email: person.email, password_hash: null });
    expect((await holderOf(thief)).kind).toBe("visitor");
    expect(await refusalOf(tryLogIn(person))).toBe("invalid password=logIn.wrong");
    expect(await refusalOf(resetPassword(by(), { token: reset, password: "eleven herons at noon" }))).toBe(ended);
    expect((await mails(db, person)).at(-1)).toBe("resetPassword");
    expect(await record(db, person)).toContain("emailChangeUndone");
    expect(await refusalOf(undoEmailChange(by(), { token: undo }))).toBe(ended);

    const own = await aLink("RESET_PASSWORD", person);
    expect(await refusalOf(resetPassword(by(), { token: own, password: "eleven herons at noon" }))).toBe("done");
    expect(await refusalOf(tryLogIn(person, { password: "eleven herons at noon" }))).toBe("done");
  });

  it("outlives a second change, a reset from the new address, and a stranger who takes the old one unproven", async () => {
    const person = await aPerson();
    const undo = await aLink("UNDO_EMAIL", person);
    const second = await moved(person);
    await aLink("UNDO_EMAIL", person, second);
    const third = await moved(person);
    const reset = await aLink("RESET_PASSWORD", person, third);
    expect(await refusalOf(resetPassword(by(), { token: reset, password: "a thief's own herons" }))).toBe("done");
    await aPerson({ email: person.email, verified: false });
    expect(await refusalOf(undoEmailChange(by(), { token: undo }))).toBe("done");
    expect(await emailOf(person)).toBe(person.email);
  });

  it("ends with the week", async () => {
    const person = await aPerson();
    const undo = await aLink("UNDO_EMAIL", person);
    const email = await moved(person);
    await passing(db, 7 * 24 * 3_600 + 1);
    expect(await refusalOf(undoEmailChange(by(), { token: undo }))).toBe(ended);
    expect(await emailOf(person)).toBe(email);
  });
});
