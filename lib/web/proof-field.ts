import "server-only";
// The field that every form has which may be asked for a proof of work (`lib/services/proof-of-work`).
import { z } from "zod";

/** Undefined: nobody asked for a proof yet. "": it was asked for, and this browser could not make one. Nonsense is none. */
export const proofField = { proof: z.string().max(2_000).optional().catch("") };
