// What screening goes by on this site: settings, rules made ready, and whether the classifier knows anything yet. Kept for a moment, since
// every post asks.

import { type JudgedText, type RuleHit, ruleJudge } from "@/lib/domain/screening-rule";
import type { ModerationSettings } from "@/lib/domain/settings";
import { moderationSettingsOf } from "@/lib/domain/settings";
import { once } from "@/lib/once";
import { database } from "@/lib/store/client";
import { liveRules } from "@/lib/store/screening-rules";
import { readSettings } from "@/lib/store/settings";
import { tokenCounts } from "@/lib/store/spam-tokens";
import { everyText, learntEnough } from "@/lib/text/spam-score";

export interface SiteScreening {
  settings: ModerationSettings;
  judge: (judged: JudgedText) => RuleHit[];
  /** The classifier may be asked. */
  learnt: boolean;
}

/** How long all of it is kept before it is asked for again, in milliseconds: so long an instance that does not hear the others acts by what was. */
const keptMs = 5_000;

interface Kept {
  at: number;
  screening: Promise<SiteScreening> | undefined;
}

const kept = () => once("screening", (): Kept => ({ at: 0, screening: undefined }));

/** The site's screening as of now, or of a few seconds ago. */
export async function siteScreening(now: Date): Promise<SiteScreening> {
  const held = kept();
  const age = now.getTime() - held.at;
  if (held.screening === undefined || age < 0 || age >= keptMs) {
    held.at = now.getTime();
    held.screening = read();
    // What failed is asked for again at once.
    held.screening.catch(() => forgetScreening());
  }
  return held.screening;
}

/** Whoever has changed it calls this, and whoever hears that another instance has, so that this instance acts by it at once. */
export function forgetScreening(): void {
  kept().screening = undefined;
}

async function read(): Promise<SiteScreening> {
  const db = database();
  const [stored, rules, all] = await Promise.all([readSettings(db), liveRules(db), tokenCounts(db, [everyText])]);
  const texts = all[0] ?? { spam: 0, ham: 0 };
  return {
    settings: moderationSettingsOf(stored),
    judge: ruleJudge(rules),
    learnt: texts.spam >= learntEnough && texts.ham >= learntEnough,
  };
}
