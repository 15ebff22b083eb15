// What the site calls itself.
import { isTimeZone } from "@/lib/domain/local-time";
import { once } from "@/lib/once";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { readSettings } from "@/lib/store/settings";

export interface SiteView {
  name: string;
  tagline: string;
  /** The public log names moderators by their own names, and not by those made for them. */
  moderatorsByName: boolean;
  /** The name of the time zone that the site's clock shows. */
  timeZone: string;
}

const defaults: SiteView = {
  name: "Colloquy",
  tagline: "Articles, and the conversations under them",
  moderatorsByName: false,
  timeZone: "UTC",
};

/** How long the site's name is kept before it is asked for again, in milliseconds. */
const keptMs = 5_000;

/** The site's name and motto. Every page asks, so it is kept for a moment; with the database away the last one serves. */
export async function readSite(ctx: Pick<Context, "now">): Promise<SiteView> {
  const kept = once("site", (): { view: SiteView; at: number } => ({ view: defaults, at: 0 }));
  if (ctx.now.getTime() - kept.at < keptMs) return kept.view;
  try {
    const settings = await readSettings(database());
    const text = (key: string, fallback: string) => (typeof settings[key] === "string" ? settings[key] : fallback);
    const timeZone = text("site.timeZone", defaults.timeZone);
    kept.view = {
      name: text("site.name", defaults.name),
      tagline: text("site.tagline", defaults.tagline),
      moderatorsByName: settings["moderation.names"] === "NAME",
      timeZone: isTimeZone(timeZone) ? timeZone : defaults.timeZone,
    };
    kept.at = ctx.now.getTime();
  } catch {
    // A page that needs the database will say so itself.
  }
  return kept.view;
}
