import "server-only";
// The calls of the moderators' queue: one verdict, taking it back, saying what one has before one. For people who moderate; what programs
// send with a token is refused.
import { z } from "zod";
import { commentIdSchema, commentStatuses } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { verdictFields } from "@/lib/domain/verdict-form";
import { nothing } from "@/lib/web/contract/articles";
import { operation } from "@/lib/web/contract/operation";

const wrong = { message: "field.wrong" };
const commentParams = z.object({ id: commentIdSchema.meta({ example: "42" }) });
const idJson = z.string().meta({ example: "42" });
const statusJson = z.enum(commentStatuses);
const actionJson = z.number().int().meta({ description: "The line of the log; by it the verdict can be taken back." });
const seenJson = z.string().meta({
  description: "The state that the moderator saw, as it was told. On another state the verdict is refused.",
  example: "PENDING.1.d41d8cd9.0",
});

const { id: _, seen, ...verdictInput } = verdictFields;

export const judgeCommentOperation = operation({
  id: "judgeComment",
  method: "post",
  path: "/api/v1/moderation/comments/{id}/verdicts",
  summary: "Decide about a comment",
  description: "For moderators, by their own browser. `detail` of a 409 says what happened meanwhile, and by whom.",
  audience: { scope: "write" },
  params: commentParams,
  input: z.strictObject({ ...verdictInput, seen: seen.meta({ type: "string" }) }).meta({ id: "NewVerdict" }),
  sent: nothing,
  answer: {
    status: 201,
    description: "Decided.",
    schema: z.object({ id: idJson, status: statusJson, action: actionJson }).meta({ id: "Verdict" }),
  },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422],
});

export const takeBackOperation = operation({
  id: "takeBackVerdict",
  method: "post",
  path: "/api/v1/moderation/reversals",
  summary: "Take one of your verdicts back",
  description: "While nothing else has happened to the comment since.",
  audience: { scope: "write" },
  params: nothing,
  input: z.strictObject({ action: z.number(wrong).int(wrong).positive(wrong) }).meta({ id: "NewReversal" }),
  sent: nothing,
  answer: {
    status: 201,
    description: "Taken back.",
    schema: z.object({ id: idJson, status: statusJson, action: actionJson, seen: seenJson }).meta({ id: "Reversal" }),
  },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422],
});

export const claimItemOperation = operation({
  id: "claimItem",
  method: "post",
  path: "/api/v1/moderation/claims",
  summary: "Say which item of the queue you have before you",
  description: `For ${limits.claimMs / 60_000} minutes; it keeps nobody from deciding. Answers who else has what, and how much waits.`,
  audience: { scope: "write" },
  params: nothing,
  input: z
    .strictObject({
      id: commentIdSchema,
      shown: z
        .array(commentIdSchema)
        .max(limits.queuePage + 1, wrong)
        .meta({ description: "The items that you see." }),
    })
    .meta({ id: "NewClaim" }),
  sent: nothing,
  answer: {
    status: 200,
    description: "Claimed.",
    schema: z
      .object({
        claims: z.array(z.object({ id: idJson, name: z.string() })),
        counts: z.object({
          held: z.number().int(),
          reported: z.number().int(),
          appeals: z.number().int(),
          spam: z.number().int(),
        }),
      })
      .meta({ id: "Claims" }),
  },
  refusals: [400, 401, 403, 413, 415, 422],
});
