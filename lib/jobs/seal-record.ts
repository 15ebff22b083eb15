// Every minute, what was done since is sealed; every night the whole chain is walked (R80).
import { faultSentence } from "@/lib/domain/record-chain";
import { tell } from "@/lib/jobs/tell";
import { log } from "@/lib/log";
import { checkRecord } from "@/lib/services/check-record";
import { sealRecord } from "@/lib/services/seal-record";

/** @throws when it could not be sealed and should be tried again */
export async function sealRecordJob(): Promise<void> {
  await sealRecord();
}

/** @throws when it could not be walked and should be tried again */
export async function checkRecordJob(): Promise<void> {
  const { head, faults } = await checkRecord();
  const about = { seals: String(head.seq), newest: head.hash };
  if (faults.length > 0) log().error({ ...about, faults: faults.map(faultSentence) }, "The record was changed.");
  else log().info(about, "The record is as it was written.");
  // The feed of the moderation log gives the newest hash to whoever keeps it.
  await tell([{ type: "ModerationLogged" }]);
}
