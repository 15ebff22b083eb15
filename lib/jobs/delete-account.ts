// Taking an account away, on the day that its member chose when they asked to leave.
import { z } from "zod";
import { tell } from "@/lib/jobs/tell";
import { removeAccount } from "@/lib/services/leave";
import { systemContext } from "@/lib/services/system-context";

const payloadSchema = z.object({ userId: z.int().positive() });

/** @throws when it could not be taken away and should be tried again */
export async function deleteAccountJob(payload: unknown): Promise<void> {
  await tell(await removeAccount(systemContext(), payloadSchema.parse(payload)));
}
