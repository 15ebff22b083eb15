import "server-only";
// What was laid on somebody, as programs read it.
import { z } from "zod";
import type { StandingEntry } from "@/lib/services/standing";

export const standingSchema = z
  .object({
    kind: z.enum(["warn", "mute", "premoderate", "ban"]),
    on: z.enum(["member", "browser", "network"]),
    reason: z.string(),
    until: z.iso.datetime().nullable().meta({ description: "Null: until it is lifted, or read." }),
  })
  .meta({ id: "Sanction" });

const kinds = { WARN: "warn", MUTE: "mute", PREMODERATE: "premoderate", BAN: "ban" } as const;

/** One of them as JSON. */
export function standingJson({ kind, on, reason, until }: StandingEntry): z.input<typeof standingSchema> {
  return { kind: kinds[kind], on, reason, until: until?.toISOString() ?? null };
}
