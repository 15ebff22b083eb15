// The moderation log and its figures, for everybody.

import { limits } from "@/lib/domain/limits";
import type { LogLine, LogWish, YearFigures } from "@/lib/domain/public-log";
import type { Context } from "@/lib/services/context";
import { readSite, type SiteView } from "@/lib/services/read-site";
import { database } from "@/lib/store/client";
import { listPublicLines, yearFigures } from "@/lib/store/public-log";

export interface LogView {
  site: SiteView;
  lines: LogLine[];
  /** The line to go on before; null at the end. */
  older: number | null;
}

/** One page of the log, newest first. An article that is not there has no lines. */
export async function readModerationLog(ctx: Context, wish: LogWish): Promise<LogView> {
  const site = await readSite(ctx);
  return { site, ...(await listPublicLines(database(), { ...wish, ownNames: site.moderatorsByName })) };
}

/** The newest lines, for feed readers. */
export async function readModerationFeed(ctx: Context): Promise<{ site: SiteView; lines: LogLine[] }> {
  const site = await readSite(ctx);
  const wish = { ownNames: site.moderatorsByName, limit: limits.feedEntries };
  return { site, lines: (await listPublicLines(database(), wish)).lines };
}

/** What moderation came to, year by year, newest first. */
export function readModerationFigures(_ctx: Context): Promise<YearFigures[]> {
  return yearFigures(database());
}
