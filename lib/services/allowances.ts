// How often people may do things: the table of limits for those without an account and for members. Keys are hashed; networks
// with the salt of the day, so that tomorrow nobody can tell who it was (R71).
import { createHmac, randomBytes } from "node:crypto";
import { type Actor, userIdOf, visitorIdOf } from "@/lib/domain/actor";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import type { Context } from "@/lib/services/context";
import { keyedHash } from "@/lib/services/tokens";
import { database } from "@/lib/store/client";
import { saltOfDay } from "@/lib/store/network-salts";
import type { Allowance } from "@/lib/store/rate-limits";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

interface Rule {
  max: number;
  windowMs: number;
}

/** One person without an account; several people may share a network, so it has more room. */
interface Rules {
  visitor: Rule[];
  network: Rule[];
  member: Rule[];
  /** Everybody without an account together, for what a crowd of networks could make dear. */
  guests?: Rule[];
}

const table: Record<
  | "comment"
  | "edit"
  | "report"
  | "preview"
  | "search"
  | "recovery"
  | "start"
  | "save"
  | "articlePreview"
  | "upload"
  | "guestNote",
  Rules
> = {
  comment: {
    visitor: [
      { max: 1, windowMs: 10 * second },
      { max: 5, windowMs: 10 * minute },
      { max: 20, windowMs: day },
    ],
    network: [
      { max: 3, windowMs: 30 * second },
      { max: 20, windowMs: 10 * minute },
      { max: 100, windowMs: day },
    ],
    member: [
      { max: 1, windowMs: 5 * second },
      { max: 60, windowMs: hour },
      { max: 300, windowMs: day },
    ],
  },
  edit: {
    visitor: [{ max: 20, windowMs: 10 * minute }],
    network: [{ max: 60, windowMs: 10 * minute }],
    member: [{ max: 60, windowMs: 10 * minute }],
  },
  report: {
    visitor: [{ max: 5, windowMs: hour }],
    network: [{ max: 15, windowMs: hour }],
    member: [{ max: 20, windowMs: hour }],
  },
  preview: {
    visitor: [],
    network: [{ max: 40, windowMs: minute }],
    member: [{ max: 60, windowMs: minute }],
  },
  /** A person tries other words every few seconds; a robot asks for all words there are. */
  search: {
    visitor: [],
    network: [
      { max: 2, windowMs: second },
      { max: 15, windowMs: minute },
    ],
    member: [{ max: 60, windowMs: minute }],
    guests: [{ max: 150, windowMs: minute }],
  },
  /** Beginning an article or a revision: members only, as the next two. */
  start: { visitor: [], network: [], member: [{ max: 30, windowMs: day }] },
  /** Autosave comes every few seconds while somebody types, and a person may write in two windows. */
  save: { visitor: [], network: [], member: [{ max: 90, windowMs: minute }] },
  articlePreview: { visitor: [], network: [], member: [{ max: 60, windowMs: minute }] },
  /** Somebody who reads a draft by a link leaves a note on each paragraph. */
  guestNote: {
    visitor: [],
    network: [{ max: 60, windowMs: hour }],
    member: [{ max: 60, windowMs: hour }],
  },
  /** A long article has a few dozen pictures. */
  upload: { visitor: [], network: [], member: [{ max: 60, windowMs: hour }] },
  /** Typing a recovery code: room for slips of the pen, none for guessing. */
  recovery: {
    visitor: [],
    network: [{ max: 10, windowMs: hour }],
    member: [{ max: 10, windowMs: hour }],
  },
};

export type LimitedAction = keyof typeof table;

/** The allowances that one attempt of `action` counts against. Asked for before a transaction begins: see `networkKey`. */
export async function allowancesFor(ctx: Context, action: LimitedAction): Promise<Allowance[]> {
  const rules = table[action];
  const factor = env().rateLimitFactor;
  const counted = (who: string, rule: Rule): Allowance => ({
    key: `${action}:${rule.windowMs}:${who}`,
    max: Math.max(1, Math.floor(rule.max * factor)),
    windowMs: rule.windowMs,
  });
  if (ctx.actor.kind === "system") return [];
  const person = personKey(ctx.actor);
  if (ctx.actor.kind === "member" && person) return rules.member.map((rule) => counted(person, rule));
  const network = await networkKey(ctx);
  return [
    ...rules.network.map((rule) => counted(network, rule)),
    ...(person ? rules.visitor.map((rule) => counted(person, rule)) : []),
    ...(rules.guests ?? []).map((rule) => counted("guests", rule)),
  ];
}

function personKey(actor: Actor): string | null {
  const id = userIdOf(actor) ?? visitorIdOf(actor);
  return id === null ? null : `${actor.kind}:${keyedHash("limit", actor.kind, String(id)).toString("base64url")}`;
}

/**
 * The client's network under the salt of the day: "network:…". The salt is written on its own, outside any transaction, so that
 * no refused attempt takes back what this process already remembers.
 */
export async function networkKey(ctx: Context): Promise<string> {
  const today = ctx.now.toISOString().slice(0, 10);
  const salts = once("network-salts", () => new Map<string, Uint8Array>());
  let salt = salts.get(today);
  if (!salt) {
    salt = await saltOfDay(database(), today, randomBytes(32));
    salts.clear();
    salts.set(today, salt);
  }
  return `network:${createHmac("sha256", salt).update(ctx.network).digest("base64url")}`;
}
