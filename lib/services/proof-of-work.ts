// A proof of work: a moment of arithmetic that costs a person nothing and a robot its numbers (R31, R67). A challenge is signed with a key
// of ours, bound to one action, good for ten minutes, and its proof counts once.
//
// How a form uses it. The service throws `proofNeeded(…)`, or puts a `makeChallenge(…)` into another refusal's details. The form comes back
// with <proof-of-work> in it (components/ui/proof-field, drawn by FormNews), whose script solves the challenge and fills in the hidden field
// `proof`; `/api/v1` tells the challenge in its problem, and components/enhance/sending sends again with the proof. The action hands `proof`
// on: undefined means that nobody asked for one yet, "" that it was asked for and could not be made (no scripts, or no https), which is
// where the way without scripts begins: to wait, or to wait for a moderator.
import { createChallenge, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";
import { DomainError, type ErrorDetails, isDomainError } from "@/lib/domain/errors";
import { keyedHash } from "@/lib/services/tokens";
import type { Questions } from "@/lib/store/plain-transaction";
import { type Allowance, consume, hasRoom } from "@/lib/store/rate-limits";

/** What a proof can be for; a proof for one is none for another. */
export type ProvenAction = "logIn" | "signUp" | "forgotPassword" | "comment";

/** Longer than a form stays open without being sent, shorter than stealing a stock of proofs is worth. */
const lifeMs = 10 * 60_000;

/** Rounds of each try, and how many tries it takes: about a second on a phone, a quarter of it on a desk. */
const rounds = 1_000;
const tries = { min: 700, max: 1_300 };

const algorithm = "PBKDF2/SHA-256";

/** The library compares keys as text. */
const secret = (use: "challenge" | "solution") => keyedHash("proof-of-work", use).toString("hex");

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** What a browser sends: the challenge as it came, and what it found. Anything else is no proof. */
const proofSchema = z.object({
  challenge: z.object({
    parameters: z.strictObject({
      algorithm: z.literal(algorithm),
      nonce: hex(16),
      salt: hex(16),
      cost: z.literal(rounds),
      keyLength: z.literal(32),
      keyPrefix: hex(16),
      keySignature: hex(32),
      expiresAt: z.int().positive(),
      data: z.strictObject({ action: z.string().max(20) }),
    }),
    signature: hex(32),
  }),
  solution: z.object({ counter: z.int().min(0).max(0xffff_ffff), derivedKey: hex(32) }),
});

/** Of a proof, as text: it has about 600 characters. */
const longest = 2_000;

/**
 * A challenge for one action, as text for a form or a problem.
 * @param counter what solves it; only for tests, which have no second to spare
 */
export async function makeChallenge(action: ProvenAction, counter = randomInt(tries.max, tries.min)): Promise<string> {
  const challenge = await createChallenge({
    algorithm,
    cost: rounds,
    counter,
    data: { action },
    deriveKey,
    expiresAt: new Date(Date.now() + lifeMs),
    hmacSignatureSecret: secret("challenge"),
    hmacKeySignatureSecret: secret("solution"),
  });
  return JSON.stringify(challenge);
}

/**
 * Whether `proof` is a proof for `action`, without spending it.
 * @returns what spending it counts against, which is good once; null for whatever is no proof, old, or made for another action
 */
async function checkProof(action: ProvenAction, proof: string | undefined): Promise<Allowance | null> {
  const parsed = proofSchema.safeParse(parse(proof));
  if (!parsed.success || parsed.data.challenge.parameters.data.action !== action) return null;
  const { challenge, solution } = parsed.data;
  const { verified } = await verifySolution({
    challenge,
    solution,
    deriveKey,
    hmacSignatureSecret: secret("challenge"),
    hmacKeySignatureSecret: secret("solution"),
  });
  return verified ? { key: `proof:${challenge.signature}`, max: 1, windowMs: lifeMs } : null;
}

function parse(proof: string | undefined): unknown {
  if (!proof || proof.length > longest) return undefined;
  try {
    return JSON.parse(proof);
  } catch {
    return undefined;
  }
}

/** Uses a proof up, unless the transaction is rolled back. @returns whether it was one, and not used before */
export async function spendProof(tx: Questions, action: ProvenAction, proof: string | undefined): Promise<boolean> {
  const spending = await checkProof(action, proof);
  return spending !== null && (await hasRoom(tx, [spending]));
}

/** The refusal that asks for a proof, to be thrown. @param details with a sentence for those who cannot give one */
export async function proofNeeded(action: ProvenAction, details: ErrorDetails): Promise<DomainError> {
  return new DomainError("rate_limited", { ...details, challenge: await makeChallenge(action) });
}

export interface Suspected {
  action: ProvenAction;
  proof: string | undefined;
  /** What is free for everybody while there is room. */
  allowances: readonly Allowance[];
  /** The sentence for too many. */
  reason: string;
}

/**
 * Counts an attempt that costs a proof of work when there were many.
 * @returns what was counted, for taking it back
 * @throws DomainError `rate_limited` with a challenge and the seconds until it goes without
 */
export async function consumeOrProve(tx: Questions, suspected: Suspected): Promise<readonly Allowance[]> {
  const { action, proof, allowances, reason } = suspected;
  const spending = await checkProof(action, proof);
  if (spending && (await hasRoom(tx, [spending]))) return [spending];
  try {
    await consume(tx, allowances, reason);
    return allowances;
  } catch (error) {
    if (isDomainError(error) && error.code === "rate_limited") throw await proofNeeded(action, error.details);
    throw error;
  }
}
