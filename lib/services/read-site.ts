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

/** The site's name and motto. Every page asks, so it is kept for a moment; with the database away the last one serves. */
export async function readSite(ctx: Pick<Context, "now">): Promise<SiteView> {
  const kept = once("site", (): { view: SiteView; at: number } => ({ view: defaults, at: 0 }));
  if (ctx.now.getTime() - kept.at < keptMs) return kept.view;
  try {
    const settings = await readSettings(database());
    kept.view = { ...siteSettingsOf(settings), moderatorsByName: moderationSettingsOf(settings).names === "NAME" };
    kept.at = ctx.now.getTime();
  } catch {
    // A page that needs the database will say so itself.
  }
  return kept.view;
}

/** Whoever has changed it calls this, so that this instance shows it at once. */
export function forgetSite(): void {
  once("site", () => ({ view: defaults, at: 0 })).at = 0;
}
