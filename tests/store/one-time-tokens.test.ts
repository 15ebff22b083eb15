// The links in mails: good once, for a while, for one purpose and one member, and only the newest (R32-R34).
import { beforeEach, describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/store/client";
import {
  endTokens,
  forgetEndedTokens,
  issueToken,
  type NewToken,
  peekToken,
  type TokenPurpose,
  useToken,
} from "@/lib/store/one-time-tokens";
import { aMember } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

const hour = 3_600_000;
let people = 0;
let ada: number;
let bo: number;
beforeEach(async () => {
  people++;
  ada = (await aMember(`ada${people}`, `Ada ${people}`)).userId;
  bo = (await aMember(`bo_${people}`, `Bo ${people}`)).userId;
});

const issue = (about: Partial<NewToken> = {}) =>
  inTransaction((tx) => issueToken(tx, { purpose: "RESET_PASSWORD", userId: ada, ttlMs: hour, ...about }));
const use = (token: string, purpose: TokenPurpose = "RESET_PASSWORD") =>
  inTransaction((tx) => useToken(tx, { purpose, token }));
const peek = (token: string, purpose: TokenPurpose = "RESET_PASSWORD") => peekToken(database(), { purpose, token });

describe("a token", () => {
  it("is 256 bits, and the database does not hold it", async () => {
    const token = await issue({ email: "ada@example.org" });
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const rows = await db.sql("SELECT encode(token_hash, 'hex') || t::text AS all FROM one_time_tokens t");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token, "base64url").toString("hex"));
  });

  it("says whose it is and about which address, once", async () => {
    const token = await issue({ email: "ada@example.org" });
    expect(await peek(token)).toEqual({ userId: ada, email: "ada@example.org" });
    expect(await use(token)).toEqual({ userId: ada, email: "ada@example.org" });
    expect(await use(token)).toBeNull();
    expect(await peek(token)).toBeNull();
  });

  it("is not used up by looking at it, nor by a use that is undone", async () => {
    const token = await issue();
    await peek(token);
    const undone = inTransaction(async (tx) => {
      await useToken(tx, { purpose: "RESET_PASSWORD", token });
      throw new Error("something else failed");
    });
    await expect(undone).rejects.toThrow("something else failed");
    expect(await use(token)).toEqual({ userId: ada, email: null });
  });

  it("is for one of any number of simultaneous tries", async () => {
    const token = await issue();
    const answers = await Promise.all(Array.from({ length: 8 }, () => use(token)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  });

  it("may belong to nobody, and then ends no other", async () => {
    const earlier = await issue({ purpose: "FIRST_ADMIN", userId: null });
    const token = await issue({ purpose: "FIRST_ADMIN", userId: null });
    expect(await use(earlier, "FIRST_ADMIN")).toEqual({ userId: null, email: null });
    expect(await use(token, "FIRST_ADMIN")).toEqual({ userId: null, email: null });
  });

  it("is gone with its member's row", async () => {
    const token = await issue({ userId: bo });
    await db.sql("DELETE FROM users WHERE id = $1", [bo]);
    expect(await peek(token)).toBeNull();
  });
});

describe("refused is", () => {
  const shapes: [string, (token: string) => string][] = [
    ["a token that nobody was given", () => "A".repeat(43)],
    ["nothing", () => ""],
    ["one letter more", (token) => `${token}A`],
    ["one letter less", (token) => token.slice(0, -1)],
    ["white space around it", (token) => ` ${token} `],
    ["a letter of the other case", (token) => token.replace(/[a-z]/, (letter) => letter.toUpperCase())],
    ["a megabyte", (token) => token.repeat(25_000)],
    ["a zero byte", (token) => `${token}\0`],
  ];
  it.each(shapes)("%s", async (_, change) => {
    const token = await issue();
    expect(await use(change(token))).toBeNull();
    expect(await peek(change(token))).toBeNull();
    expect(await use(token)).not.toBeNull();
  });

  it("one for another purpose", async () => {
    const token = await issue({ purpose: "VERIFY_EMAIL" });
    expect(await use(token, "RESET_PASSWORD")).toBeNull();
    expect(await use(token, "VERIFY_EMAIL")).not.toBeNull();
  });

  it("one whose time is over", async () => {
    const token = await issue({ ttlMs: -1_000 });
    expect(await peek(token)).toBeNull();
    expect(await use(token)).toBeNull();
  });

  it("an earlier one, once there is a newer; another member's and another purpose's stay", async () => {
    const earlier = await issue();
    const others = await issue({ userId: bo });
    const verify = await issue({ purpose: "VERIFY_EMAIL" });
    const newest = await issue();
    expect(await use(earlier)).toBeNull();
    expect(await use(newest)).not.toBeNull();
    expect(await use(others)).not.toBeNull();
    expect(await use(verify, "VERIFY_EMAIL")).not.toBeNull();
  });

  it("all but one of those that were made at the same moment", async () => {
    const tokens = await Promise.all(Array.from({ length: 6 }, () => issue()));
    const living = await Promise.all(tokens.map((token) => peek(token)));
    expect(living.filter((facts) => facts !== null)).toHaveLength(1);
  });
});

describe("a way back to an earlier address", () => {
  it("is not ended by the way back to a later one, which a thief would have made", async () => {
    const owners = await issue({ purpose: "UNDO_EMAIL", email: "ada@example.org" });
    const thiefs = await issue({ purpose: "UNDO_EMAIL", email: "thief@example.org" });
    expect(await peek(owners, "UNDO_EMAIL")).not.toBeNull();
    expect(await peek(thiefs, "UNDO_EMAIL")).not.toBeNull();
    const newer = await issue({ purpose: "UNDO_EMAIL", email: "ada@example.org" });
    expect(await peek(owners, "UNDO_EMAIL")).toBeNull();
    expect(await peek(newer, "UNDO_EMAIL")).not.toBeNull();
  });
});

describe("a token that is given", () => {
  it("is the same when a mail is sent again, and lives from the last sending", async () => {
    const token = "given".padEnd(43, "x");
    expect(await issue({ token, ttlMs: -1_000 })).toBe(token);
    expect(await peek(token)).toBeNull();
    await issue({ token });
    expect(await use(token)).not.toBeNull();
  });

  it("does not come back to life after it was used", async () => {
    const token = "given-and-used".padEnd(43, "x");
    await issue({ token });
    await use(token);
    await issue({ token });
    expect(await use(token)).toBeNull();
  });
});

describe("ending", () => {
  it("ends what was named, of that member alone", async () => {
    const reset = await issue();
    const verify = await issue({ purpose: "VERIFY_EMAIL" });
    const others = await issue({ userId: bo });
    await inTransaction((tx) => endTokens(tx, ada, ["RESET_PASSWORD", "CHANGE_EMAIL"]));
    expect(await peek(reset)).toBeNull();
    expect(await peek(verify, "VERIFY_EMAIL")).not.toBeNull();
    expect(await peek(others)).not.toBeNull();
  });

  it("by clean-up forgets what can no longer be used, and nothing else", async () => {
    await issue({ userId: bo, ttlMs: -1_000 });
    const living = await issue();
    await forgetEndedTokens(database());
    expect(await db.sql("SELECT id FROM one_time_tokens WHERE expires_at <= now()")).toEqual([]);
    expect(await use(living)).not.toBeNull();
  });
});
