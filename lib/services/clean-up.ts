// What has ended is forgotten: it would only be a list of who did what when.
import { limits } from "@/lib/domain/limits";
import { dropEndedExports } from "@/lib/services/export-data";
import { type Database, database } from "@/lib/store/client";
import { forgetOldSaves } from "@/lib/store/draft-saves";
import { forgetEndedHolds } from "@/lib/store/handle-holds";
import { forgetOldKeys } from "@/lib/store/idempotency";
import { forgetParkedJobs } from "@/lib/store/jobs";
import { forgetOldSalts } from "@/lib/store/network-salts";
import { forgetEndedTokens } from "@/lib/store/one-time-tokens";
import { forgetEndedWindows } from "@/lib/store/rate-limits";
import { forgetNetworks } from "@/lib/store/sanctions";
import { forgetOldHits } from "@/lib/store/screening-rules";
import { forgetEndedSessions, forgetOldDevices } from "@/lib/store/sessions";

/** Mails that could not be sent are kept so long for an admin to see why. */
const parkedDays = 30;

/** Somebody may still look for a sentence that did not make it into the published text. */
const savesDays = 30;

/** Each stands for itself: one that fails keeps none of the others from being done. */
const duties: ((db: Database) => Promise<unknown>)[] = [
  forgetEndedWindows,
  (db) => forgetOldKeys(db, limits.idempotencyHours),
  forgetEndedSessions,
  forgetOldDevices,
  forgetEndedHolds,
  forgetEndedTokens,
  forgetOldSalts,
  forgetNetworks,
  forgetOldHits,
  (db) => forgetParkedJobs(db, parkedDays),
  (db) => forgetOldSaves(db, savesDays),
  dropEndedExports,
];

/** Does all of it. @throws AggregateError of what failed */
export async function cleanUp(): Promise<void> {
  const failures: unknown[] = [];
  for (const duty of duties) await duty(database()).catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} kinds of rows could not be forgotten.`);
}
