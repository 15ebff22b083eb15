// Which discussions have closed by themselves: at that moment their pages say something else, though nobody has done anything.
import type { DomainEvent } from "@/lib/domain/events";
import { moderationSettingsOf } from "@/lib/domain/settings";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { readSettings } from "@/lib/store/settings";
import { closedBetween } from "@/lib/store/thread-tools";

/** What is looked back at, in milliseconds: asked every minute, so that one question may be lost or late. */
const lookBackMs = 180_000;

/** The discussions whose day came in the last three minutes, as changes that readers see; the same one up to three times. */
export async function readJustClosed(ctx: Context): Promise<DomainEvent[]> {
  const db = database();
  const { closeAfterDays } = moderationSettingsOf(await readSettings(db));
  const since = new Date(ctx.now.getTime() - lookBackMs);
  const closed = await closedBetween(db, { since, until: ctx.now, closeAfterDays });
  return closed.map((about) => ({ type: "ThreadChanged", ...about }));
}
