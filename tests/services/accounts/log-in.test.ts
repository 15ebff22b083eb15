// Guessing at passwords: slowed exactly as the rules say, without telling who has an account and without keeping owners out.
import { hash } from "@node-rs/argon2";
import { beforeEach, describe, expect, it } from "vitest";
import { isDomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { resetPassword } from "@/lib/services/recover-account";
import {
  aBrowser,
  aLink,
  aPerson,
  type Login,
  mails,
  memberOf,
  newName,
  passing,
  password,
  record,
  tryLogIn,
  wrongPassword,
} from "@/tests/services/accounts/people";
import { by, newNetwork, refusalOf, stranger } from "@/tests/services/arrange";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";
import { aProof } from "@/tests/support/proof";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1;
});

const wrong = "invalid password=logIn.wrong";
const limited = "rate_limited logIn.too_often";

/** What becomes of a try, from a network of its own unless one is named. */
function attempt(person: { handle: string }, about: Login & { network?: string } = {}): Promise<string> {
  const { network = newNetwork() } = about;
  return refusalOf(tryLogIn(person, { ctx: by(stranger, { network }), ...about }));
}

const guess = (person: { handle: string }, about: Login & { network?: string } = {}) =>
  attempt(person, { password: wrongPassword, ...about });

async function times(count: number, work: () => Promise<string>): Promise<string[]> {
  const outcomes: string[] = [];
  for (let nth = 0; nth < count; nth++) outcomes.push(await work());
  return outcomes;
}

const failuresOf = async (person: { id: number }) =>
  (await db.sql("SELECT password_failures FROM users WHERE id = $1", [person.id]))[0]?.password_failures;

describe("logging in", () => {
  it.each([
    ["by handle", (person: { handle: string; email: string }) => person.handle],
    ["by address", (person: { handle: string; email: string }) => person.email],
  ])("%s", async (_way, identifier) => {
    const person = await aPerson();
    const started = await tryLogIn(person, { identifier: identifier(person) });
    expect(await memberOf(started)).toMatchObject({ userId: person.id, handle: person.handle, verified: true });
    expect(await record(db, person)).toEqual(["loggedIn"]);
  });

  it("tells the owner of a browser they never used, three times a day, and not again of the same one", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    for (const used of [browser, browser, aBrowser(), aBrowser(), aBrowser()])
      await tryLogIn(person, { browser: used });
    expect(await mails(db, person)).toEqual(["newDevice", "newDevice", "newDevice"]);
    await passing(db, 24 * 3600 + 1);
    await tryLogIn(person);
    expect(await mails(db, person)).toHaveLength(4);
  });

  it("makes an old hash anew, and the password stays the same", async () => {
    const person = await aPerson();
    const old = await hash(password, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await db.sql("UPDATE users SET password_hash = $1 WHERE id = $2", [old, person.id]);
    expect(await attempt(person)).toBe("done");
    const [row] = await db.sql("SELECT password_hash FROM users WHERE id = $1", [person.id]);
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await attempt(person)).toBe("done");
  });

  it("does not mind a stored text that is no hash", async () => {
    const person = await aPerson();
    await db.sql("UPDATE users SET password_hash = 'broken' WHERE id = $1", [person.id]);
    expect(await attempt(person)).toBe(wrong);
  });
});

describe("whatever is wrong, the answer is the same (R30)", () => {
  it("for nobody, a wrong password, an unconfirmed address, someone suspended, someone without password, someone who left", async () => {
    const suspended = await aPerson();
    const left = await aPerson();
    await db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [suspended.id]);
    await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [left.id]);
    const refused = async (person: { handle: string }, about: Login = {}) => {
      try {
        await tryLogIn(person, { password: wrongPassword, ...about });
      } catch (error) {
        if (isDomainError(error)) return { code: error.code, details: error.details };
      }
    };
    const expected = { code: "invalid", details: { fields: { password: "logIn.wrong" } } };
    expect(await refused({ handle: "nobody_here" })).toEqual(expected);
    expect(await refused({ handle: "nobody@example.org" })).toEqual(expected);
    expect(await refused(await aPerson())).toEqual(expected);
    expect(await refused(await aPerson({ verified: false }))).toEqual(expected);
    expect(await refused(suspended)).toEqual(expected);
    expect(await refused(await aPerson({ password: null }), { password: "" })).toEqual(expected);
    expect(await refused(left, { password })).toEqual(expected);
  });

  it("but who gives the right password hears that they are suspended", async () => {
    const person = await aPerson();
    await db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [person.id]);
    expect(await attempt(person)).toBe("forbidden logIn.suspended");
    expect(await db.sql("SELECT 1 FROM sessions WHERE user_id = $1", [person.id])).toEqual([]);
  });

  it("and takes as long, because a hash is computed for nobody as well", async () => {
    env().rateLimitFactor = 1_000_000;
    const person = await aPerson();
    const took = async (handle: string) => {
      const began = performance.now();
      await guess({ handle });
      return performance.now() - began;
    };
    await took(person.handle); // The first one of all makes ready what the others share.
    const known: number[] = [];
    const unknown: number[] = [];
    // In turns, so that what else the machine does meanwhile falls on both alike.
    for (let nth = 0; nth < 30; nth++) {
      known.push(await took(person.handle));
      unknown.push(await took(newName("nobody")));
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[15] ?? 0;
    const ratio = median(unknown) / median(known);
    // Without the hash it would be a tenth of it.
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });

  it("and is in the record, also for nobody", async () => {
    const person = await aPerson();
    await guess(person);
    expect(await record(db, person)).toEqual(["logInFailed"]);
    const nobody = "SELECT count(*)::int AS n FROM audit_events WHERE kind = 'logInFailed' AND subject_id IS NULL";
    const [before] = await db.sql(nobody);
    await guess({ handle: "nobody_again" });
    const [after] = await db.sql(nobody);
    expect(Number(after?.n) - Number(before?.n)).toBe(1);
  });
});

describe("guessing (R31)", () => {
  it("has five tries in five minutes for an account from one network; the right password is no exception", async () => {
    const person = await aPerson();
    const network = newNetwork();
    expect(await times(6, () => guess(person, { network }))).toEqual([...Array(5).fill(wrong), limited]);
    expect(await attempt(person, { network })).toBe(limited);
    // A minute of room: what has been tried so far takes time as well, and a busy machine takes a lot of it.
    await passing(db, 240);
    expect(await guess(person, { network })).toBe(limited);
    await passing(db, 61);
    expect(await attempt(person, { network })).toBe("done");
  });

  it("is counted for accounts that do not exist as well", async () => {
    const network = newNetwork();
    const outcomes = await times(6, () => guess({ handle: "not_a_member" }, { network }));
    expect(outcomes).toEqual([...Array(5).fill(wrong), limited]);
  });

  it("has twenty-five tries in five minutes from one network, whoever they are for", async () => {
    const network = newNetwork();
    expect(await times(25, () => guess({ handle: newName("any") }, { network }))).toEqual(Array(25).fill(wrong));
    const person = await aPerson();
    expect(await attempt(person, { network })).toBe(limited);
    expect(await attempt(person)).toBe("done");
  });

  it("has twenty-five tries an hour for an account, from wherever; beyond, each costs a proof of work", async () => {
    const person = await aPerson();
    expect(await times(25, () => guess(person))).toEqual(Array(25).fill(wrong));
    expect(await attempt(person)).toBe(limited);
    expect(await guess(person, { proof: await aProof("logIn") })).toBe(wrong);
    expect(await guess(person, { proof: await aProof("signUp") })).toBe(limited);
    const proof = await aProof("logIn");
    expect(await attempt(person, { proof })).toBe("done");
    expect(await attempt(person, { proof })).toBe(limited);
    await passing(db, 3601);
    expect(await attempt(person)).toBe("done");
  });

  it("has three hundred tries a minute on the whole site; beyond, each costs a proof of work, but not in a known browser", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    await attempt(person, { browser });
    await guess({ handle: newName("any") });
    // A window that has only just begun: an earlier test's may end in the middle of this one.
    await db.sql(
      "UPDATE rate_limits SET count = 299, expires_at = now() + interval '1 minute' WHERE key = 'logIn:60000:site'",
    );
    expect(await attempt(person)).toBe("done");
    expect(await guess({ handle: newName("any") })).toBe(wrong);
    expect(await attempt(person)).toBe(limited);
    expect(await guess(person, { proof: await aProof("logIn") })).toBe(wrong);
    expect(await attempt(person, { proof: await aProof("logIn") })).toBe("done");
    expect(await attempt(person, { browser })).toBe("done");
    await passing(db, 61);
    expect(await attempt(person)).toBe("done");
  });

  it("tells whoever needs a proof what to prove, before the first try with one and after each that was wrong", async () => {
    const person = await aPerson();
    const challengeOf = async (about: Login): Promise<unknown> => {
      const error = await tryLogIn(person, { password: wrongPassword, ...about }).catch((refusal: unknown) => refusal);
      return isDomainError(error) && JSON.parse(error.details.challenge ?? "null")?.parameters.data;
    };
    expect(await challengeOf({})).toBeUndefined();
    await times(24, () => guess(person));
    expect(await challengeOf({})).toEqual({ action: "logIn" });
    expect(await challengeOf({ proof: await aProof("logIn") })).toEqual({ action: "logIn" });
  });

  it("lets twenty parallel tries be five", async () => {
    const person = await aPerson();
    const network = newNetwork();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => guess(person, { network })));
    expect(outcomes.filter((outcome) => outcome === wrong)).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === limited)).toHaveLength(15);
    expect(await failuresOf(person)).toBe(5);
  });

  it("costs nothing when it is right: nobody is slowed by logging in often", async () => {
    const person = await aPerson();
    const network = newNetwork();
    await times(4, () => guess(person, { network }));
    expect(await times(10, () => attempt(person, { network }))).toEqual(Array(10).fill("done"));
    expect(await failuresOf(person)).toBe(0);
  });

  it("by strangers does not keep a known browser out, not even from the same network", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    const network = newNetwork();
    await attempt(person, { browser, network });
    await times(6, () => guess(person, { network }));
    await times(25, () => guess(person));
    expect(await attempt(person, { network })).toBe(limited);
    expect(await attempt(person)).toBe(limited);
    expect(await attempt(person, { browser, network })).toBe("done");
    // Its own tries are counted like anybody's.
    expect(await times(6, () => guess(person, { browser }))).toEqual([...Array(5).fill(wrong), limited]);
  });

  it("a hundred times in a row closes the password until a reset, and the owner hears of it once", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    await attempt(person, { browser });
    await db.sql("UPDATE users SET password_failures = 98 WHERE id = $1", [person.id]);
    await guess(person);
    expect(await mails(db, person)).not.toContain("passwordClosed");
    await guess(person);
    expect(await attempt(person)).toBe(wrong);
    expect(await times(3, () => guess(person))).toEqual(Array(3).fill(wrong));
    expect((await mails(db, person)).filter((kind) => kind === "passwordClosed")).toHaveLength(1);
    // What came after is not counted, so strangers use up nothing of what the owner's browser has left.
    expect(await failuresOf(person)).toBe(100);

    await resetPassword(by(), { token: await aLink("RESET_PASSWORD", person), password: "eleven herons at noon" });
    expect(await attempt(person, { password: "eleven herons at noon" })).toBe("done");
    expect(await failuresOf(person)).toBe(0);
  });

  it("leaves a known browser the password after strangers closed it, until it has failed a hundred times as well", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    await attempt(person, { browser });
    await db.sql("UPDATE users SET password_failures = 199 WHERE id = $1", [person.id]);
    expect(await attempt(person)).toBe(wrong);
    expect(await guess(person, { browser })).toBe(wrong);
    expect(await attempt(person, { browser })).toBe(wrong);
    await db.sql("UPDATE users SET password_failures = 100 WHERE id = $1", [person.id]);
    expect(await attempt(person)).toBe(wrong);
    expect(await attempt(person, { browser })).toBe("done");
  });

  it("needs more than a hundred tries in a row: one right password begins anew", async () => {
    const person = await aPerson();
    await db.sql("UPDATE users SET password_failures = 99 WHERE id = $1", [person.id]);
    expect(await attempt(person)).toBe("done");
    expect(await failuresOf(person)).toBe(0);
  });
});

describe("a log-in that is overtaken", () => {
  it.each([
    ["by a change of the password", "UPDATE users SET password_hash = 'another' WHERE id = $1"],
    ["by a suspension", "UPDATE users SET suspended_at = now() WHERE id = $1"],
  ])("%s starts no session", async (_what, change) => {
    const person = await aPerson();
    // Whoever holds the person's row makes the log-in wait after its password was found right.
    const pool = (await import("@/lib/store/pool")).sharedPool();
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query(change, [person.id]);
    const overtaken = attempt(person);
    // Of this database alone: in those of other files somebody may wait at any time.
    const waiting = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
                     WHERE NOT granted AND datname = current_database()`;
    await until("the log-in to wait", async () => (await db.sql(waiting)).length > 0);
    await client.query("COMMIT");
    client.release();
    expect(await overtaken).toBe(wrong);
    expect(await db.sql("SELECT 1 FROM sessions WHERE user_id = $1", [person.id])).toEqual([]);
  });
});

it("counts what is limited by hashes: neither names nor addresses stand in the table", async () => {
  const person = await aPerson();
  const network = "198.51.100.23";
  await guess(person, { identifier: person.email, network });
  const rows = JSON.stringify(await db.sql("SELECT key FROM rate_limits"));
  expect(rows).toContain("logIn:300000:");
  for (const trace of [person.handle, person.email, network]) expect(rows).not.toContain(trace);
});
