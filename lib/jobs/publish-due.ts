// Publishing what a day was set for: one revision when its time comes, and at every start whatever became due meanwhile.
import { z } from "zod";
import { tell } from "@/lib/jobs/tell";
import { publishAllDue, publishDue } from "@/lib/services/publish-due";
import { systemContext } from "@/lib/services/system-context";

const payloadSchema = z.object({ revisionId: z.int().positive().optional() });

/** @throws when something could not be published and should be tried again */
export async function publishDueJob(payload: unknown): Promise<void> {
  const { revisionId } = payloadSchema.parse(payload);
  const ctx = systemContext();
  await tell(await (revisionId === undefined ? publishAllDue(ctx) : publishDue(ctx, { revisionId })));
}
