// How many accounts come from one network and to the whole site, and how many mails one address gets by it.
import { beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { signUp } from "@/lib/services/sign-up";
import { aBrowser, aPerson, mails, newName, passing, password } from "@/tests/services/accounts/people";
import { by, newNetwork, refusalOf, stranger } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aProof } from "@/tests/support/proof";

const db = freshDatabase();

beforeEach(async () => {
  env().rateLimitFactor = 1;
  await passing(db, 1_000_000);
});

const limited = "rate_limited signUp.too_often";

interface About {
  email?: string;
  handle?: string;
  password?: string;
  proof?: string;
}

function join(network: string, about: About = {}): Promise<string> {
  const handle = newName("new");
  const wish = { handle, displayName: `New ${handle}`, email: `${handle}@example.org`, password, ...about };
  return refusalOf(signUp(by(stranger, { network }), { ...wish, browser: aBrowser() }));
}

/** With a proof of work. */
const prove = async (network: string, about: About = {}) => join(network, { proof: await aProof("signUp"), ...about });

describe("a network", () => {
  it("has five new accounts a day, of which the first two are free and the others cost a proof of work", async () => {
    const network = newNetwork();
    for (let nth = 0; nth < 2; nth++) expect(await join(network)).toBe("done");
    expect(await join(network)).toBe(limited);
    expect(await prove(network)).toBe("done");
    expect(await join(network)).toBe(limited);
    for (let nth = 0; nth < 2; nth++) expect(await prove(network)).toBe("done");
    expect(await prove(network)).toBe(limited);
    expect(await join(newNetwork())).toBe("done");
    await passing(db, 24 * 3_600 + 1);
    expect(await join(network)).toBe("done");
  });

  it("loses nothing by what is refused, and an address that is taken counts like any other", async () => {
    const network = newNetwork();
    const owner = await aPerson();
    for (let nth = 0; nth < 6; nth++) {
      expect(await join(network, { handle: owner.handle })).toBe("invalid handle=handle.taken");
      expect(await join(network, { password: "1234567890" })).toBe("invalid password=password.common");
    }
    for (let nth = 0; nth < 2; nth++) expect(await join(network, { email: owner.email })).toBe("done");
    const proof = await aProof("signUp");
    expect(await prove(network, { proof, handle: owner.handle })).toBe("invalid handle=handle.taken");
    expect(await prove(network, { proof })).toBe("done");
    expect(await prove(network, { proof })).toBe(limited);
    for (let nth = 0; nth < 2; nth++) expect(await prove(network, { email: owner.email })).toBe("done");
    expect(await prove(network)).toBe(limited);
  });

  it("lets twenty at once be five", async () => {
    const network = newNetwork();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => prove(network)));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === limited)).toHaveLength(15);
  });
});

it("the site has sixty an hour, of which thirty are free", async () => {
  expect(await join(newNetwork())).toBe("done");
  await db.sql(
    "UPDATE rate_limits SET count = 29 WHERE key IN ('signUp:3600000:site', 'signUp.unproven:3600000:site')",
  );
  expect(await join(newNetwork())).toBe("done");
  expect(await join(newNetwork())).toBe(limited);
  expect(await prove(newNetwork())).toBe("done");
  await db.sql("UPDATE rate_limits SET count = 59 WHERE key = 'signUp:3600000:site'");
  expect(await prove(newNetwork())).toBe("done");
  expect(await prove(newNetwork())).toBe(limited);
  await passing(db, 3_601);
  expect(await join(newNetwork())).toBe("done");
});

it("an address with an account gets three mails an hour about it and ten a day, and nobody is told that there are no more", async () => {
  const owner = await aPerson();
  const sent = async () => (await mails(db, owner)).length;
  for (let hour = 0; hour < 3; hour++) {
    for (let nth = 0; nth < 5; nth++) expect(await join(newNetwork(), { email: owner.email })).toBe("done");
    expect(await sent()).toBe(3 * (hour + 1));
    await passing(db, 3_601);
  }
  for (let nth = 0; nth < 3; nth++) expect(await join(newNetwork(), { email: owner.email })).toBe("done");
  expect(await sent()).toBe(10);
});
