// How often accounts may be made, asked for, changed and guessed at (security paper, section 5). Keys are hashed, like those of
// `lib/services/allowances`; what is counted by mail address knows no difference between one that has an account and one that has none.
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { networkKey } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { keyedHash } from "@/lib/services/tokens";
import type { Allowance } from "@/lib/store/rate-limits";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Rule {
  max: number;
  windowMs: number;
}

/** Of people who are nobody yet: by network, and for the whole site. */
const strangers = {
  signUp: { network: [{ max: 5, windowMs: day }], site: [{ max: 60, windowMs: hour }] },
  forgotPassword: { network: [{ max: 5, windowMs: hour }], site: [{ max: 300, windowMs: hour }] },
} satisfies Record<string, Record<"network" | "site", Rule[]>>;

/** Of a member, wherever they are. */
const members = {
  resendVerification: [
    { max: 3, windowMs: hour },
    { max: 10, windowMs: day },
  ],
  changeEmail: [{ max: 4, windowMs: day }],
  /** Room for a change of mind, none for playing somebody else each minute. */
  changeName: [{ max: 10, windowMs: day }],
  /** Their own password, asked for again: as when logging in. */
  ownPassword: [
    { max: 5, windowMs: 5 * minute },
    { max: 150, windowMs: 2 * day },
  ],
} satisfies Record<string, Rule[]>;

/** Mails that somebody else can cause, by the address they go to. Beyond, nothing is sent and nobody is told. */
const mails = {
  addressTaken: [
    { max: 3, windowMs: hour },
    { max: 10, windowMs: day },
  ],
  /** By the hour only: nobody shall be able to keep an owner from their account for a day. */
  resetPassword: [{ max: 3, windowMs: hour }],
  changeEmail: [
    { max: 3, windowMs: hour },
    { max: 10, windowMs: day },
  ],
  newDevice: [{ max: 3, windowMs: day }],
} satisfies Record<string, Rule[]>;

/** Wrong passwords (R31): by account and network, by network; then by account from everywhere and on the whole site. */
const failedLogIns = {
  accountAndNetwork: [
    { max: 5, windowMs: 5 * minute },
    { max: 150, windowMs: 2 * day },
  ],
  network: [{ max: 25, windowMs: 5 * minute }],
  account: [{ max: 25, windowMs: hour }],
  site: [{ max: 300, windowMs: minute }],
} satisfies Record<string, Rule[]>;

function counted(action: string, who: string, rules: readonly Rule[]): Allowance[] {
  const factor = env().rateLimitFactor;
  return rules.map(({ max, windowMs }) => ({
    key: `${action}:${windowMs}:${who}`,
    max: Math.max(1, Math.floor(max * factor)),
    windowMs,
  }));
}

const hashed = (kind: string, what: string) => keyedHash("limit", kind, what).toString("base64url");

/** What one attempt of somebody without an account counts against. */
export async function strangersAllowances(ctx: Context, action: keyof typeof strangers): Promise<Allowance[]> {
  const { network, site } = strangers[action];
  return [...counted(action, await networkKey(ctx), network), ...counted(action, "site", site)];
}

/** From here on an attempt of somebody without an account costs a proof of work: half of what there is (R67). */
const freeShare = 1 / 2;

/** What one attempt without a proof of work counts against besides. */
export async function unprovenAllowances(ctx: Context, action: keyof typeof strangers): Promise<Allowance[]> {
  const half = (rules: readonly Rule[]) => rules.map((rule) => ({ ...rule, max: rule.max * freeShare }));
  const { network, site } = strangers[action];
  const name = `${action}.unproven`;
  return [...counted(name, await networkKey(ctx), half(network)), ...counted(name, "site", half(site))];
}

/**
 * What one attempt of a member counts against.
 * @throws DomainError `unauthenticated`
 */
export function membersAllowances(ctx: Context, action: keyof typeof members): Allowance[] {
  const userId = userIdOf(ctx.actor);
  if (userId === null) throw new DomainError("unauthenticated");
  return counted(action, `member:${hashed("member", String(userId))}`, members[action]);
}

/**
 * What one mail counts against.
 * @param to the address it goes to, or another name of its receiver
 */
export function mailAllowances(kind: keyof typeof mails, to: string): Allowance[] {
  return counted(`mail.${kind}`, hashed("mail", to), mails[kind]);
}

export interface LogInAllowances {
  /** Beyond these there is nothing but to wait. */
  guesses: Allowance[];
  /** Beyond these somebody may be guessing from many places, and each try costs a proof of work. */
  suspicion: Allowance[];
}

/**
 * What one try to log in counts against. A browser that has been here before is spared what strangers used up, also those of its own
 * network. Handle and address of one account are counted apart: together, a refusal would tell that they belong to each other.
 */
export async function failedLogInAllowances(
  ctx: Context,
  attempt: { identifier: string; knownDevice: string | null },
): Promise<LogInAllowances> {
  const account = hashed("account", attempt.identifier);
  const { accountAndNetwork, network, account: everywhere, site } = failedLogIns;
  if (attempt.knownDevice !== null) {
    const here = `${account}:device:${hashed("device", attempt.knownDevice)}`;
    return { guesses: counted("logIn", here, accountAndNetwork), suspicion: [] };
  }
  const from = await networkKey(ctx);
  return {
    guesses: [...counted("logIn", `${account}:${from}`, accountAndNetwork), ...counted("logIn", from, network)],
    suspicion: [...counted("logIn", account, everywhere), ...counted("logIn", "site", site)],
  };
}
