// A proof of work as a browser finds it, from a challenge that is solved at the second try: tests have better things to calculate.
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { makeChallenge, type ProvenAction } from "@/lib/services/proof-of-work";

/** The proof for a challenge, as text. */
export async function solved(text: string): Promise<string> {
  const challenge = JSON.parse(text);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("The challenge has no solution.");
  return JSON.stringify({ challenge, solution });
}

/** A proof that is good for one `action`. */
export async function aProof(action: ProvenAction): Promise<string> {
  return solved(await makeChallenge(action, 1));
}
