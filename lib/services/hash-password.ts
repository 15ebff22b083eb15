// Argon2id (R28), a few at a time (R29): hashing is meant to be dear, and must not be dear to everybody else.
import { hash, type Options, verify } from "@node-rs/argon2";
import { DomainError } from "@/lib/domain/errors";
import { once } from "@/lib/once";

/** OWASP's figures: 19 MiB, two passes, one lane; about 17 ms. Algorithm 2 is Argon2id. */
const parameters: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const currentPrefix = "$argon2id$v=19$m=19456,t=2,p=1$";

/** At once; more would hold up the event loop and take memory. */
const atOnce = 4;
/** Waiting; the next one hears that it should come again. */
const longestQueue = 50;

interface Gate {
  running: number;
  waiting: (() => void)[];
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const gate = once("password-gate", (): Gate => ({ running: 0, waiting: [] }));
  if (gate.running >= atOnce) {
    if (gate.waiting.length >= longestQueue)
      throw new DomainError("unavailable", { reason: "logIn.busy", retryAfter: 5 });
    await new Promise<void>((resolve) => gate.waiting.push(resolve));
  } else {
    gate.running += 1;
  }
  try {
    return await work();
  } finally {
    const next = gate.waiting.shift();
    if (next) next();
    else gate.running -= 1;
  }
}

/**
 * The hash to store of a normalised password.
 * @throws DomainError `unavailable` when too many wait
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, parameters));
}

/**
 * Whether `password` is the one of `stored`. Without a stored hash it takes as long, and is not.
 * @throws DomainError `unavailable` when too many wait
 */
export function isPassword(stored: string | null, password: string): Promise<boolean> {
  return inTurn(async () => {
    try {
      return (await verify(stored ?? (await nobodysHash()), password)) && stored !== null;
    } catch {
      // A stored text that is no hash opens nothing.
      return false;
    }
  });
}

function nobodysHash(): Promise<string> {
  return once("nobodys-password", () => hash("nobody has this password", parameters));
}

/** Whether a hash was made with other parameters than today's, and should be made anew when the password is at hand. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(currentPrefix);
}
