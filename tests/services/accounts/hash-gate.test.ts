// Hashing is dear on purpose, and must not be dear to everybody else: a few at once, some waiting, the rest come again (R29, F25).
import { describe, expect, it } from "vitest";
import { hashPassword, isOutdated, isPassword } from "@/lib/services/hash-password";
import { aPerson, tryLogIn, wrongPassword } from "@/tests/services/accounts/people";
import { by, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const busy = "unavailable logIn.busy";

describe("the gate", () => {
  it("lets four run and fifty wait of two hundred at once, and refuses the others at once", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => refusalOf(hashPassword("any password at all"))),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(54);
    expect(outcomes.filter((outcome) => outcome === busy)).toHaveLength(146);
  });

  it("is open again afterwards, also after failures", async () => {
    const broken = await Promise.all(Array.from({ length: 54 }, () => isPassword("no hash", "x")));
    expect(broken).toEqual(Array(54).fill(false));
    const hash = await hashPassword("any password at all");
    expect(await isPassword(hash, "any password at all")).toBe(true);
    expect(isOutdated(hash)).toBe(false);
  });

  it("leaves nobody's password to anybody", async () => {
    expect(await isPassword(null, "nobody has this password")).toBe(false);
  });
});

it("two hundred log-ins at once: whoever is not judged comes again and has lost nothing", async () => {
  const person = await aPerson();
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () => refusalOf(tryLogIn(person, { password: wrongPassword, ctx: by() }))),
  );
  const judged = outcomes.filter((outcome) => outcome === "invalid password=logIn.wrong").length;
  expect(judged).toBeGreaterThanOrEqual(4);
  expect(outcomes.filter((outcome) => outcome.startsWith("unavailable"))).toHaveLength(200 - judged);
  // A try that nobody had time for was none: those that the gate refused are not counted.
  const refused = outcomes.filter((outcome) => outcome === busy).length;
  const [row] = await db.sql("SELECT count FROM rate_limits WHERE key LIKE 'logIn:3600000:%'");
  expect(row?.count).toBeGreaterThanOrEqual(judged);
  expect(row?.count).toBeLessThanOrEqual(200 - refused);
  expect(await refusalOf(tryLogIn(person))).toBe(judged >= 100 ? "invalid password=logIn.wrong" : "done");
});
