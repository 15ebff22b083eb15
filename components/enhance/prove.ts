// The worker that finds a proof of work, an asset of its own: fetched only when a form asks for one.
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { isRecord, parseJson } from "@/components/enhance/json";

/** The challenge as it came, in the shape that the library wants; it is ours, so only its shape is looked at. */
function challengeOf(text: string): Parameters<typeof solveChallenge>[0]["challenge"] | undefined {
  const challenge = parseJson(text);
  if (!isRecord(challenge) || !isRecord(challenge.parameters)) return undefined;
  const { algorithm, nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  if (typeof algorithm !== "string" || typeof nonce !== "string" || typeof salt !== "string") return undefined;
  if (typeof cost !== "number" || typeof keyLength !== "number" || typeof keyPrefix !== "string") return undefined;
  return { parameters: { algorithm, nonce, salt, cost, keyLength, keyPrefix } };
}

/** Answers a challenge with the text of its proof, or with "" when there is none to find. */
self.onmessage = async ({ data }: MessageEvent<string>) => {
  const challenge = challengeOf(data);
  const solution = challenge ? await solveChallenge({ challenge, deriveKey }).catch(() => null) : null;
  if (!solution) return self.postMessage("");
  const { counter, derivedKey } = solution;
  self.postMessage(JSON.stringify({ challenge: parseJson(data), solution: { counter, derivedKey } }));
};
