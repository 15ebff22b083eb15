// Proofs of work: each is good once, for ten minutes, for one action, and only for a challenge of ours.
import { describe, expect, it, vi } from "vitest";
import { isDomainError } from "@/lib/domain/errors";
import {
  consumeOrProve,
  makeChallenge,
  type ProvenAction,
  proofNeeded,
  spendProof,
} from "@/lib/services/proof-of-work";
import { inTransaction } from "@/lib/store/client";
import { freshDatabase } from "@/tests/support/database";
import { aProof, solved } from "@/tests/support/proof";

const db = freshDatabase();

const spend = (proof: string | undefined, action: ProvenAction = "signUp") =>
  inTransaction((tx) => spendProof(tx, action, proof));

interface Proof {
  challenge: { parameters: Record<string, unknown>; signature: string };
  solution: Record<string, unknown>;
}

/** A good proof with one thing about it changed. */
async function changed(change: (proof: Proof) => void): Promise<string> {
  const proof: Proof = JSON.parse(await aProof("signUp"));
  change(proof);
  return JSON.stringify(proof);
}

describe("a proof", () => {
  it("is good once", async () => {
    const proof = await aProof("signUp");
    expect(await spend(proof)).toBe(true);
    expect(await spend(proof)).toBe(false);
    expect(await spend(proof)).toBe(false);
  });

  it("is one proof also when twenty send it at once", async () => {
    const proof = await aProof("signUp");
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => spend(proof)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it("is still good when what it was given for did not come about", async () => {
    const proof = await aProof("signUp");
    const attempt = inTransaction(async (tx) => {
      expect(await spendProof(tx, "signUp", proof)).toBe(true);
      throw new Error("Something else was wrong.");
    });
    await expect(attempt).rejects.toThrow("Something else");
    expect(await spend(proof)).toBe(true);
  });

  it("is none after ten minutes, and is remembered for as long as it could be sent again", async () => {
    const proof = await aProof("signUp");
    const begin = Date.now();
    try {
      vi.setSystemTime(begin + 9.9 * 60_000);
      expect(await spend(proof)).toBe(true);
      const [row] = await db.sql(
        "SELECT expires_at > now() + interval '590 seconds' AS kept FROM rate_limits WHERE key LIKE 'proof:%' ORDER BY expires_at DESC LIMIT 1",
      );
      expect(row?.kept).toBe(true);
      const late = await aProof("signUp");
      vi.setSystemTime(begin + 20.1 * 60_000);
      expect(await spend(late)).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it("costs a browser hundreds of tries", async () => {
    const { solution } = JSON.parse(await solved(await makeChallenge("signUp")));
    expect(solution.counter).toBeGreaterThanOrEqual(700);
  });
});

describe("no proof is", () => {
  const table: [string, () => string | undefined | Promise<string>][] = [
    ["nothing", () => undefined],
    ["nothing at all", () => ""],
    ["a text", () => "proof"],
    ["an empty object", () => "{}"],
    ["null", () => "null"],
    ["a list", () => "[]"],
    ["a very long text", () => JSON.stringify({ challenge: "x".repeat(100_000) })],
    ["one for another action", () => aProof("logIn")],
    [
      "one whose action was changed",
      () => changed(({ challenge }) => Object.assign(challenge.parameters, { data: { action: "signUp " } })),
    ],
    ["a challenge made cheaper", () => changed(({ challenge }) => Object.assign(challenge.parameters, { cost: 1 }))],
    [
      "a challenge made older",
      () => changed(({ challenge }) => Object.assign(challenge.parameters, { expiresAt: 4_102_444_800 })),
    ],
    ["a challenge without an end", () => changed(({ challenge }) => void delete challenge.parameters.expiresAt)],
    [
      "a challenge with an easier key",
      () => changed(({ challenge }) => Object.assign(challenge.parameters, { keyPrefix: "00" })),
    ],
    [
      "a challenge signed by somebody else",
      () => changed(({ challenge }) => Object.assign(challenge, { signature: "0".repeat(64) })),
    ],
    ["a challenge without signature", () => changed(({ challenge }) => Object.assign(challenge, { signature: "" }))],
    ["a wrong solution", () => changed(({ solution }) => Object.assign(solution, { derivedKey: "0".repeat(64) }))],
    ["a solution of another counter only", () => changed(({ solution }) => Object.assign(solution, { counter: -1 }))],
    ["a solution that is a text", () => changed((proof) => Object.assign(proof, { solution: "yes" }))],
  ];
  it.each(table)("%s", async (_what, proof) => expect(await spend(await proof())).toBe(false));
});

describe("an attempt that was made often", () => {
  const allowances = [{ key: "proof-test", max: 2, windowMs: 60_000 }];
  const attempt = (proof?: string) =>
    inTransaction((tx) => consumeOrProve(tx, { action: "signUp", proof, allowances, reason: "signUp.too_often" }));

  it("is free twice, and then costs a proof each time, which the refusal asks for", async () => {
    await attempt();
    await attempt();
    const refusal = await attempt().catch((error: unknown) => error);
    if (!isDomainError(refusal)) throw refusal;
    expect(refusal.code).toBe("rate_limited");
    expect(refusal.details).toMatchObject({
      reason: "signUp.too_often",
      challenge: expect.stringContaining("signature"),
    });
    expect(refusal.details.retryAfter).toBeGreaterThan(50);
    const proof = await solved(refusal.details.challenge ?? "");
    expect(await attempt(proof)).toHaveLength(1);
    await expect(attempt(proof)).rejects.toThrow("signUp.too_often");
  });

  it("is asked for as what it is for", async () => {
    const refusal = await proofNeeded("comment", { reason: "signUp.too_often" });
    expect(JSON.parse(refusal.details.challenge ?? "")).toMatchObject({ parameters: { data: { action: "comment" } } });
  });
});
