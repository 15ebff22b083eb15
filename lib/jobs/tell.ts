// What a job has changed is told like what a request has changed, so that stored pages are drawn anew. To whom, the starter says.
import type { DomainEvent } from "@/lib/domain/events";

type Told = (events: readonly DomainEvent[]) => Promise<void>;

let told: Told = async () => {};

/** Names who is told what jobs have changed. */
export function tellChangesTo(listener: Told): void {
  told = listener;
}

/** Tells what a job has changed, after it is written. */
export function tell(events: readonly DomainEvent[]): Promise<void> {
  return told(events);
}
