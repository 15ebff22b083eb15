// Forgotten passwords: the link works once, for its owner, for half an hour; whoever had got in is out; nothing is given away (R32).
import { beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { readLink } from "@/lib/services/read-link";
import { askReset, resetPassword } from "@/lib/services/recover-account";
import { inTransaction } from "@/lib/store/client";
import { issueToken } from "@/lib/store/one-time-tokens";
import {
  aBrowser,
  aLink,
  aPerson,
  holderOf,
  mails,
  passing,
  password,
  record,
  tryLogIn,
} from "@/tests/services/accounts/people";
import { by, newNetwork, refusalOf, stranger } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aProof } from "@/tests/support/proof";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1;
});

const next = "eleven herons at noon";
const ended = "not_found link.ended";
const limited = "rate_limited reset.too_often";

const ask = (email: string, network = newNetwork(), proof?: string) =>
  refusalOf(askReset(by(stranger, { network }), { email, proof }));
const reset = (token: string, to = next) => refusalOf(resetPassword(by(), { token, password: to }));
const linkFor = (person: Parameters<typeof aLink>[1]) => aLink("RESET_PASSWORD", person);

describe("asking for a link", () => {
  it("sends one to the owner, and leaves a line in the record", async () => {
    const person = await aPerson();
    expect(await ask(person.email)).toBe("done");
    expect(await mails(db, person)).toEqual(["resetPassword"]);
    expect(await record(db, person)).toEqual(["resetAsked"]);
  });

  it("says the same about an address that nobody has, and one whose member has left; no mail goes there", async () => {
    const left = await aPerson();
    await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [left.id]);
    const before = await mails(db);
    expect(await ask("nobody@example.org")).toBe("done");
    expect(await ask(left.email)).toBe("done");
    expect(await mails(db)).toEqual(before);
  });

  it("takes about as long for both", async () => {
    env().rateLimitFactor = 1_000_000;
    const person = await aPerson();
    const took = async (email: string) => {
      const began = performance.now();
      await ask(email);
      return performance.now() - began;
    };
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    for (let nth = 0; nth < 30; nth++) {
      times.known.push(await took(person.email));
      times.unknown.push(await took(`nobody${nth}@example.org`));
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[15] ?? 0;
    // The one question more that writes the mail is a matter of milliseconds.
    expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(50);
  });

  it("bombs nobody: three mails an hour to one address, and nobody is told that there are no more", async () => {
    const person = await aPerson();
    for (let nth = 0; nth < 10; nth++) expect(await ask(person.email)).toBe("done");
    expect(await mails(db, person)).toHaveLength(3);
    await passing(db, 3601);
    expect(await ask(person.email)).toBe("done");
    expect(await mails(db, person)).toHaveLength(4);
  });

  it("is possible five times an hour from one network, known addresses or not; from the third time on with a proof of work", async () => {
    const network = newNetwork();
    const prove = async (email: string) => ask(email, network, await aProof("forgotPassword"));
    for (let nth = 0; nth < 2; nth++) expect(await ask(`nobody${nth}@example.org`, network)).toBe("done");
    expect(await ask("nobody2@example.org", network)).toBe(limited);
    for (let nth = 2; nth < 5; nth++) expect(await prove(`nobody${nth}@example.org`)).toBe("done");
    const person = await aPerson();
    expect(await prove(person.email)).toBe(limited);
    expect(await mails(db, person)).toEqual([]);
    await passing(db, 3601);
    expect(await ask(person.email, network)).toBe("done");
  });

  it("is possible three hundred times an hour on the whole site", async () => {
    const prove = async (email: string) => ask(email, newNetwork(), await aProof("forgotPassword"));
    await db.sql("UPDATE rate_limits SET count = 149 WHERE key = 'forgotPassword.unproven:3600000:site'");
    expect(await ask("nobody@example.org")).toBe("done");
    expect(await ask("nobody@example.org")).toBe(limited);
    await db.sql("UPDATE rate_limits SET count = 299 WHERE key = 'forgotPassword:3600000:site'");
    expect(await prove("one@example.org")).toBe("done");
    expect(await prove("two@example.org")).toBe(limited);
    await passing(db, 3601);
    expect(await ask("two@example.org")).toBe("done");
  });
});

describe("a link", () => {
  it("sets a new password once, and tells the owner; nobody is logged in by it", async () => {
    const person = await aPerson();
    const token = await linkFor(person);
    expect(await readLink({ purpose: "RESET_PASSWORD", token })).toMatchObject({ handle: person.handle });
    expect(await resetPassword(by(), { token, password: next })).toBeUndefined();
    expect(await mails(db, person)).toEqual(["passwordChanged"]);
    expect(await record(db, person)).toEqual(["passwordReset"]);
    expect(await db.sql("SELECT 1 FROM sessions WHERE user_id = $1", [person.id])).toEqual([]);
    expect(await refusalOf(tryLogIn(person))).toBe("invalid password=logIn.wrong");
    expect(await refusalOf(tryLogIn(person, { password: next }))).toBe("done");
    expect(await reset(token, "thirteen herons at tea")).toBe(ended);
    expect(await readLink({ purpose: "RESET_PASSWORD", token })).toBeNull();
  });

  it("of twenty simultaneous uses lets one win, whose password it is", async () => {
    const person = await aPerson();
    const token = await linkFor(person);
    const passwords = Array.from({ length: 20 }, (_, nth) => `${nth} herons over the lake`);
    const outcomes = await Promise.all(passwords.map((wish) => reset(token, wish)));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === ended)).toHaveLength(19);
    const winner = passwords[outcomes.indexOf("done")];
    expect(await refusalOf(tryLogIn(person, { password: winner }))).toBe("done");
    expect(await mails(db, person)).toContain("passwordChanged");
    expect((await record(db, person)).filter((kind) => kind === "passwordReset")).toHaveLength(1);
  });

  it("is still good after a password that was not", async () => {
    const person = await aPerson();
    const token = await linkFor(person);
    expect(await reset(token, "1234567890")).toBe("invalid password=password.common");
    expect(await reset(token)).toBe("done");
  });

  it("asks staff for a longer one", async () => {
    const token = await linkFor(await aPerson({ roles: ["MODERATOR"] }));
    expect(await reset(token, "herons 4 tea!")).toBe("invalid password=password.too_short_staff");
    expect(await reset(token, "herons 4 tea, daily!")).toBe("done");
  });

  const dead: [string, (person: Awaited<ReturnType<typeof aPerson>>) => Promise<string>][] = [
    ["that somebody made up", async () => "x".repeat(43)],
    ["of nothing", async () => ""],
    ["of a megabyte", async () => "x".repeat(1_000_000)],
    ["with a NUL in it", async (person) => `${await linkFor(person)}\u0000`],
    ["with one letter changed", async (person) => flipped(await linkFor(person))],
    ["in another case", async (person) => swapCase(await linkFor(person))],
    ["for something else", async (person) => aLink("VERIFY_EMAIL", person)],
    ["that is older than a newer one", async (person) => first(await linkFor(person), await linkFor(person))],
    ["that went to an address of before", async (person) => aLink("RESET_PASSWORD", person, "before@example.org")],
    ["of nobody", () => inTransaction((tx) => issueToken(tx, { purpose: "RESET_PASSWORD", userId: null, ttlMs: 1e6 }))],
    [
      "whose half hour is over",
      async (person) => {
        const token = await linkFor(person);
        await passing(db, 1_801);
        return token;
      },
    ],
    [
      "of somebody who has left",
      async (person) => {
        await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [person.id]);
        return linkFor(person);
      },
    ],
  ];
  it.each(dead)("%s opens nothing", async (_which, make) => {
    const person = await aPerson();
    const token = await make(person);
    const hash = async () => (await db.sql("SELECT password_hash FROM users WHERE id = $1", [person.id]))[0];
    const before = await hash();
    expect(await reset(token)).toBe(ended);
    expect(await hash()).toEqual(before);
  });
});

describe("after a reset", () => {
  it("everything that was open is closed: sessions, tokens for programs, other links, known browsers", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    const sessions = [await tryLogIn(person, { browser }), await tryLogIn(person)];
    await db.sql(
      `INSERT INTO access_tokens (user_id, name, token_hash, scopes) VALUES ($1, 'script', decode('aa', 'hex'), '{read}')`,
      [person.id],
    );
    const others = await Promise.all([
      aLink("CHANGE_EMAIL", person, "new@example.org"),
      aLink("VERIFY_EMAIL", person),
      aLink("DOWNLOAD", person),
    ]);
    const undo = await aLink("UNDO_EMAIL", person, "earlier@example.org");
    const bystander = await tryLogIn(await aPerson());

    expect(await reset(await linkFor(person))).toBe("done");
    for (const session of sessions) expect((await holderOf(session)).kind).toBe("visitor");
    expect((await holderOf(bystander)).kind).toBe("member");
    expect(await db.sql("SELECT 1 FROM access_tokens WHERE user_id = $1 AND revoked_at IS NULL", [person.id])).toEqual(
      [],
    );
    for (const [nth, purpose] of (["CHANGE_EMAIL", "VERIFY_EMAIL", "DOWNLOAD"] as const).entries()) {
      expect(await readLink({ purpose, token: others[nth] ?? "" })).toBeNull();
    }
    expect(await db.sql("SELECT 1 FROM known_devices WHERE user_id = $1", [person.id])).toEqual([]);
    // The way back to an earlier address is the owner's, should the thief have changed it and reset the password after.
    expect(await readLink({ purpose: "UNDO_EMAIL", token: undo })).not.toBeNull();
  });

  it("wrong passwords of before are forgotten", async () => {
    const person = await aPerson();
    await db.sql("UPDATE users SET password_failures = 150 WHERE id = $1", [person.id]);
    await reset(await linkFor(person));
    const [row] = await db.sql("SELECT password_failures FROM users WHERE id = $1", [person.id]);
    expect(row?.password_failures).toBe(0);
  });

  it("an address that was never confirmed is: and whoever made the account with it is out", async () => {
    const squatter = await aPerson({ verified: false });
    await db.sql("INSERT INTO provider_accounts (provider, subject, user_id) VALUES ('idp', 's1', $1)", [squatter.id]);
    expect(await reset(await linkFor(squatter))).toBe("done");
    const [row] = await db.sql("SELECT email_verified_at FROM users WHERE id = $1", [squatter.id]);
    expect(row?.email_verified_at).not.toBeNull();
    expect(await db.sql("SELECT 1 FROM provider_accounts WHERE user_id = $1", [squatter.id])).toEqual([]);
    expect(await refusalOf(tryLogIn(squatter, { password }))).toBe("invalid password=logIn.wrong");
  });

  it("a confirmed member keeps their other ways in", async () => {
    const person = await aPerson();
    await db.sql("INSERT INTO provider_accounts (provider, subject, user_id) VALUES ('idp', 's2', $1)", [person.id]);
    await reset(await linkFor(person));
    expect(await db.sql("SELECT 1 FROM provider_accounts WHERE user_id = $1", [person.id])).toHaveLength(1);
  });

  it("somebody suspended stays out", async () => {
    const person = await aPerson();
    await db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [person.id]);
    expect(await reset(await linkFor(person))).toBe("done");
    expect(await refusalOf(tryLogIn(person, { password: next }))).toBe("forbidden logIn.suspended");
  });
});

it("guessing at links leaves a good one as it was", async () => {
  const person = await aPerson();
  const token = await linkFor(person);
  const guesses = Array.from({ length: 50 }, (_, nth) => reset(`${nth}`.padEnd(43, "A")));
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([ended]));
  expect(await reset(token)).toBe("done");
});

function first(...values: string[]): string {
  return values[0] ?? "";
}

function flipped(token: string): string {
  return (token.startsWith("A") ? "B" : "A") + token.slice(1);
}

function swapCase(token: string): string {
  return [...token]
    .map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
    .join("");
}
