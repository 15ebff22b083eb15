// Sending one mail. Whatever goes wrong, the queue tries again later (R86); what a server refuses for good is given up sooner.
import type { JobHelpers } from "graphile-worker";
import { z } from "zod";
import { mailWishSchema } from "@/lib/domain/mail";
import { log } from "@/lib/log";
import { MailFault } from "@/lib/mail/message";
import { sendMail } from "@/lib/mail/send";
import { composeMail, rememberBounce } from "@/lib/services/compose-mail";
import { database } from "@/lib/store/client";
import { parkJob } from "@/lib/store/jobs";

/** Tries after which a refusal for good is believed (F11). */
const refusals = 3;

const payloadSchema = z.object({ seed: z.string().min(20) });

/** @throws when it was not sent and should be tried again */
export async function sendMailJob(payload: unknown, { job, abortSignal }: JobHelpers): Promise<void> {
  const wish = mailWishSchema.parse(payload);
  const { seed } = payloadSchema.parse(payload);
  const about = { job: job.id, kind: wish.kind };
  const message = await composeMail({ wish, seed, first: job.attempts === 1 });
  if (typeof message === "string") {
    log().info({ ...about, reason: message }, "A mail was not sent.");
    return;
  }
  try {
    await sendMail(message, { signal: abortSignal });
  } catch (error) {
    if (error instanceof MailFault && error.permanent && job.attempts >= refusals) {
      if (error.recipient) await rememberBounce(message.to.address);
      await parkJob(database(), job.id);
    }
    throw error;
  }
}
