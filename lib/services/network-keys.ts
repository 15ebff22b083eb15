// From which network a guest comes, as limits laid on networks know it: a hash under the salt of the day, which is forgotten with the salt (R71).
import { createHmac, randomBytes } from "node:crypto";
import { once } from "@/lib/once";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { findSalt, saltOfDay } from "@/lib/store/network-salts";

const day = 24 * 3_600_000;

export interface NetworkKeys {
  /** Under today's salt: to be kept with what is written now. */
  today: Uint8Array;
  /** When today's salt is forgotten. */
  endsAt: Date;
  /** Under every salt that still exists: what a limit may have been laid on. */
  all: Uint8Array[];
}

/** The keys of the request's network. Asked for before a transaction begins: the salt is written on its own. */
export async function networkKeys(ctx: Pick<Context, "now" | "network">): Promise<NetworkKeys> {
  const { now, network } = ctx;
  const salts = await saltsFor(now);
  const keyed = (salt: Uint8Array) =>
    createHmac("sha256", salt)
      .update(JSON.stringify(["limit", network]))
      .digest();
  const midnight = Date.parse(`${dayOf(now)}T00:00:00Z`);
  return {
    today: keyed(salts.today),
    endsAt: new Date(midnight + 2 * day),
    all: [salts.today, salts.yesterday].flatMap((salt) => (salt ? [keyed(salt)] : [])),
  };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

interface Salts {
  day: string;
  today: Uint8Array;
  /** Null when nobody needed one. */
  yesterday: Uint8Array | null;
}

async function saltsFor(now: Date): Promise<Salts> {
  const kept = once("network-limit-salts", (): { salts?: Salts } => ({}));
  const today = dayOf(now);
  if (kept.salts?.day !== today) {
    const db = database();
    kept.salts = {
      day: today,
      today: await saltOfDay(db, today, randomBytes(32)),
      yesterday: await findSalt(db, dayOf(new Date(now.getTime() - day))),
    };
  }
  return kept.salts;
}
