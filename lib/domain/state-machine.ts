// What a table of transitions is, and how one is asked. The tables themselves stand with their nouns.
import { DomainError } from "@/lib/domain/errors";

export type Machine<State extends string, Event extends string> = {
  readonly [E in Event]: { readonly from: readonly State[]; readonly to: State };
};

/**
 * The state that `event` leads to from `from`.
 * @throws DomainError `conflict` when the event does not exist in that state
 */
export function transition<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  event: Event,
  from: State,
): State {
  const row = machine[event];
  if (!row.from.includes(from)) throw new DomainError("conflict", { reason: "state.changed", values: { from, event } });
  return row.to;
}
