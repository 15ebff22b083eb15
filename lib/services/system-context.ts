// The request that nobody made: what jobs and schedules do, the software does itself.
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";

/** A context of the system, as of now. */
export function systemContext(): Context {
  return { actor: { kind: "system" }, now: new Date(), network: "", ownOrigin: env().publicOrigin };
}
