// What every use case knows about the request it serves.
import type { Actor } from "@/lib/domain/actor";

export interface Context {
  /** Who does it, as the database says now. */
  actor: Actor;
  now: Date;
  /** The client's network, /32 or /64, for limits; never stored in clear (R71). */
  network: string;
  /** The one origin of this site. */
  ownOrigin: string;
}
