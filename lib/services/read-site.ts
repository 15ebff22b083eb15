// What the site calls itself.
import { moderationSettingsOf, type SiteSettings, siteSettingsOf, usualSite } from "@/lib/domain/settings";
import { once } from "@/lib/once";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { readSettings } from "@/lib/store/settings";

export interface SiteView extends Pick<SiteSettings, "name" | "tagline" | "timeZone"> {
  /** The public log names moderators by their own names, and not by those made for them. */
  moderatorsByName: boolean;
}

const defaults: SiteView = { ...usualSite, moderatorsByName: false };

/** How long the site's name is kept before it is asked for again, in milliseconds. */
const keptMs = 5_000;

interface Kept {
  view: SiteView;
  at: number;
  /** How often it was forgotten: what was asked for before that is not kept. */
  forgotten: number;
}

const keptSite = () => once("site", (): Kept => ({ view: defaults, at: 0, forgotten: 0 }));

/** The site's name and motto. Every page asks, so it is kept for a moment; with the database away the last one serves. */
export async function readSite(ctx: Pick<Context, "now">): Promise<SiteView> {
  const kept = keptSite();
  if (ctx.now.getTime() - kept.at < keptMs) return kept.view;
  const { forgotten } = kept;
  try {
    const settings = await readSettings(database());
    const view = { ...siteSettingsOf(settings), moderatorsByName: moderationSettingsOf(settings).names === "NAME" };
    if (kept.forgotten === forgotten) Object.assign(kept, { view, at: ctx.now.getTime() });
    return view;
  } catch {
    // A page that needs the database will say so itself.
  }
  return kept.view;
}

/** Whoever has changed it calls this, and whoever hears that another instance has, so that this instance shows it at once. */
export function forgetSite(): void {
  const kept = keptSite();
  kept.at = 0;
  kept.forgotten++;
}
