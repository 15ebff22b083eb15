import "server-only";
// What every form that writes a comment carries besides the text, and what follows when it is posted.
import { z } from "zod";
import type { PostedComment } from "@/lib/services/post-comment";
import type { Outcome } from "@/lib/web/action";

/** The sender's key: a UUID of the script's, or whatever an API client likes within reason. */
export const requestKeySchema = z.string().min(8).max(200);

/** Fields of the composer that no person fills in; nonsense in them is ignored rather than refused. */
export const composedFields = {
  intent: z.enum(["post", "preview"]).catch("post"),
  /** The field that people cannot see. */
  website: z.string().max(2_000).catch("filled").default(""),
  key: requestKeySchema.optional().catch(undefined),
  /** Milliseconds since the form was first touched. */
  age: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
};

/** Onwards to the new comment. */
export function postedOutcome(posted: PostedComment): Outcome {
  return { goTo: posted.url, events: posted.events, visitorToken: posted.visitorToken };
}
