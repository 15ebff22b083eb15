// The first admin (R42): by a link from the console, once, by nobody else, and never again while somebody can administer the site.
import { beforeEach, describe, expect, it } from "vitest";
import { resetPathOf } from "@/lib/services/console-reset";
import { type FirstAdmin, makeFirstAdmin } from "@/lib/services/first-admin";
import { firstAdminPath, isFirstAdminLink } from "@/lib/services/first-admin-link";
import { resetPassword } from "@/lib/services/recover-account";
import { becomeAdminLink } from "@/scripts/become-admin";
import {
  aBrowser,
  aPerson,
  memberOf,
  newName,
  passing,
  password,
  record,
  tryLogIn,
} from "@/tests/services/accounts/people";
import { by, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

beforeEach(async () => {
  await db.sql("UPDATE users SET roles = '{}'");
  await db.sql("DELETE FROM one_time_tokens");
});

const day = 24 * 3_600;
const ended = "not_found firstAdmin.link";

async function aToken(): Promise<string> {
  const path = await firstAdminPath();
  return path?.split("token=")[1] ?? "none";
}

const admins = async () =>
  (await db.sql("SELECT handle FROM users WHERE 'ADMIN' = ANY(roles) ORDER BY id")).map(({ handle }) => handle);

function become(token: string, about: Partial<FirstAdmin> = {}) {
  const handle = newName("first");
  const names = { email: `${handle}@example.org`, handle, displayName: `First ${handle}` };
  return makeFirstAdmin(by(), { token, ...names, password, browser: aBrowser(), ...about });
}

describe("the link for the first admin", () => {
  it("makes an admin who is logged in, with a confirmed address and a line in the record", async () => {
    const token = await aToken();
    expect(await isFirstAdminLink(token)).toBe(true);
    const admin = await memberOf(await become(token, { handle: "ada_first" }));
    expect(admin).toMatchObject({ handle: "ada_first", roles: ["ADMIN"], verified: true });
    expect(await record(db, { id: admin.userId })).toEqual(["firstAdminMade", "loggedIn"]);
    expect((await memberOf(await tryLogIn({ handle: "ada_first" }))).roles).toEqual(["ADMIN"]);
  });

  it("works once", async () => {
    const token = await aToken();
    await become(token);
    await db.sql("UPDATE users SET roles = '{}'");
    expect(await isFirstAdminLink(token)).toBe(false);
    expect(await refusalOf(become(token))).toBe(ended);
    expect(await admins()).toEqual([]);
  });

  it("works for one of many who use it at once", async () => {
    const token = await aToken();
    const came = await Promise.all(Array.from({ length: 4 }, () => refusalOf(become(token))));
    expect(came.sort()).toEqual(["done", ended, ended, ended]);
    expect(await admins()).toHaveLength(1);
  });

  it("stands beside those of other starts, and ends with the first use of one of them", async () => {
    const tokens = [await aToken(), ...(await Promise.all([aToken(), aToken(), aToken()]))];
    expect(await Promise.all(tokens.map(isFirstAdminLink))).toEqual([true, true, true, true]);
    await become(tokens[1] ?? "none");
    expect(await Promise.all(tokens.map(isFirstAdminLink))).toEqual([false, false, false, false]);
    expect(await refusalOf(become(tokens[3] ?? "none"))).toBe(ended);
  });

  it("ends after a day", async () => {
    const token = await aToken();
    await passing(db, day - 60);
    expect(await isFirstAdminLink(token)).toBe(true);
    await passing(db, 60);
    expect(await isFirstAdminLink(token)).toBe(false);
    expect(await refusalOf(become(token))).toBe(ended);
  });

  it("is neither made nor good while somebody can administer the site", async () => {
    const token = await aToken();
    const admin = await aPerson({ roles: ["ADMIN"] });
    expect(await firstAdminPath()).toBe(null);
    expect(await becomeAdminLink("https://talk.example.org")).toBe(undefined);
    expect(await isFirstAdminLink(token)).toBe(false);
    expect(await refusalOf(become(token))).toBe(ended);
    expect(await admins()).toEqual([admin.handle]);
  });

  it.each([
    ["has no way to log in", "email = NULL, email_verified_at = NULL"],
    ["is suspended", "suspended_at = now()"],
    ["has left", "deleted_at = now()"],
  ])("is made again when the only admin %s", async (_what, change) => {
    const admin = await aPerson({ roles: ["ADMIN"] });
    await db.sql(`UPDATE users SET ${change} WHERE id = $1`, [admin.id]);
    const link = await becomeAdminLink("https://talk.example.org");
    expect(link).toMatch(/^https:\/\/talk\.example\.org\/first-run\?token=[\w-]{43}$/);
    expect(await refusalOf(become(link?.split("token=")[1] ?? ""))).toBe("done");
  });

  it("stays good after a form with something wrong in it", async () => {
    const token = await aToken();
    const taken = await aPerson();
    expect(await refusalOf(become(token, { password: "shortish pass" }))).toMatch(/^invalid password=/);
    expect(await refusalOf(become(token, { handle: taken.handle }))).toBe("invalid handle=handle.taken");
    expect(await refusalOf(become(token, { email: taken.email }))).toBe("invalid email=email.taken");
    expect(await refusalOf(become(token))).toBe("done");
  });

  it("cannot be guessed, and a guess costs no hashing", async () => {
    await aToken();
    for (const token of ["", "none", "x".repeat(43), "x".repeat(100_000), "\u0000", "'; --"]) {
      // A weak password would be told first if anything were looked at before the link.
      expect(await refusalOf(become(token, { password: "short" }))).toBe(ended);
    }
  });

  it("is kept as a hash only", async () => {
    const token = await aToken();
    const rows = await db.sql("SELECT t::text AS row FROM one_time_tokens t");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("the link to a new password on the console", () => {
  const tokenOf = async (identifier: string) => (await resetPathOf(identifier))?.split("token=")[1] ?? "";

  it("lets an admin in again who has lost everything, once, and is in the record", async () => {
    const admin = await aPerson({ roles: ["ADMIN"] });
    const token = await tokenOf(admin.handle);
    const fresh = "nine geese before the rain";
    await resetPassword(by(), { token, password: fresh });
    expect((await memberOf(await tryLogIn(admin, { password: fresh }))).roles).toEqual(["ADMIN"]);
    expect(await refusalOf(resetPassword(by(), { token, password: fresh }))).toBe("not_found link.ended");
    expect(await record(db, admin)).toEqual(["resetAsked", "passwordReset", "loggedIn"]);
  });

  it("ends after half an hour", async () => {
    const token = await tokenOf((await aPerson()).email);
    await passing(db, 1_800);
    expect(await refusalOf(resetPassword(by(), { token, password }))).toBe("not_found link.ended");
  });

  it("is not made for somebody who cannot log in, or is nobody", async () => {
    const imported = await aPerson();
    await db.sql("UPDATE users SET email = NULL, email_verified_at = NULL WHERE id = $1", [imported.id]);
    for (const who of [imported.handle, imported.email, "nobody_here", ""]) expect(await resetPathOf(who)).toBe(null);
  });
});
