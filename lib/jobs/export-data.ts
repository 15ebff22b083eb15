// Making the archive of all that a member has here.
import { z } from "zod";
import { makeExport } from "@/lib/services/export-data";

const payloadSchema = z.object({ exportId: z.int().positive() });

/** @throws when it could not be made and should be tried again */
export async function exportDataJob(payload: unknown): Promise<void> {
  await makeExport(payloadSchema.parse(payload));
}
