import "server-only";
// A refusal as programs get it: RFC 9457 with our code and, for wrong fields, a sentence each.
import { z } from "zod";
import { errorCodes } from "@/lib/domain/errors";

export const problemJson = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(errorCodes),
    detail: z.string().meta({ description: "A sentence for the person." }),
    fields: z.record(z.string(), z.string()).optional().meta({ description: "Field name → what is wrong with it." }),
    retryAfter: z.number().int().optional().meta({ description: "Whole seconds until another try makes sense." }),
    challenge: z.string().optional().meta({
      description:
        "A proof of work (ALTCHA, PBKDF2/SHA-256) that lets the same request through when it is sent as `proof`.",
    }),
    reference: z.string().optional().meta({ description: "Under which the operator finds this request." }),
  })
  .meta({
    id: "Problem",
    example: {
      type: "about:blank",
      title: "Something in the form needs another look.",
      status: 422,
      code: "invalid",
      detail: "Please write something first.",
      fields: { body: "Please write something first." },
    },
  });
