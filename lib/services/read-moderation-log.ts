// The moderation log and its figures, for everybody.

import { limits } from "@/lib/domain/limits";
import type { LogLine, LogWish } from "@/lib/domain/public-log";
import type { Context } from "@/lib/services/context";
import { readSite, type SiteView } from "@/lib/services/read-site";
import { database } from "@/lib/store/client";
import { type Figures, readFigures } from "@/lib/store/figures";
import { listPublicLines } from "@/lib/store/public-log";
import { newestCheck } from "@/lib/store/record-seals";

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

export interface LogFeedView {
  site: SiteView;
  lines: LogLine[];
  /** The newest seal that was checked; undefined before the first check, and when the check found something. */
  sealed: { lines: number; hash: string } | undefined;
}

/** The newest lines, for feed readers, with what they can hold the whole record by. */
export async function readModerationFeed(ctx: Context): Promise<LogFeedView> {
  const site = await readSite(ctx);
  const wish = { ownNames: site.moderatorsByName, limit: limits.feedEntries };
  const { lines } = await listPublicLines(database(), wish);
  const check = await newestCheck(database());
  const sealed =
    check && check.seq > 0n && check.faults === 0
      ? { lines: Number(check.seq), hash: Buffer.from(check.hash).toString("hex") }
      : undefined;
  return { site, lines, sealed };
}

/** What moderation came to, year by year, newest first, as it was counted last. */
export function readModerationFigures(_ctx: Context): Promise<Figures> {
  return readFigures(database());
}
