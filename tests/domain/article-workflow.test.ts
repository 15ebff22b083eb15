// Every state of a revision with every event: where it leads, or that it is refused.
import { expect, it } from "vitest";
import {
  openStates,
  type RevisionEvent,
  type RevisionState,
  revisionMachine,
  revisionStates,
  writableStates,
} from "@/lib/domain/article-workflow";
import { isDomainError } from "@/lib/domain/errors";
import { transition } from "@/lib/domain/state-machine";

/** In the order of `revisionStates`; "-" is refused. */
const table: Record<RevisionEvent, readonly (RevisionState | "-")[]> = {
  submit: ["IN_REVIEW", "-", "IN_REVIEW", "-", "-", "-", "-"],
  requestChanges: ["-", "CHANGES_REQUESTED", "-", "-", "-", "-", "-"],
  publish: ["-", "PUBLISHED", "-", "PUBLISHED", "-", "-", "-"],
  schedule: ["-", "SCHEDULED", "-", "-", "-", "-", "-"],
  withdraw: ["WITHDRAWN", "WITHDRAWN", "WITHDRAWN", "WITHDRAWN", "-", "-", "-"],
  supersede: ["-", "-", "-", "-", "SUPERSEDED", "-", "-"],
  unpublish: ["-", "-", "-", "-", "SUPERSEDED", "-", "-"],
};

const rows = (Object.keys(table) as RevisionEvent[]).flatMap((event) =>
  revisionStates.map((from, nth) => [event, from, table[event][nth] ?? "-"] as const),
);

it.each(rows)("%s on %s gives %s", (event, from, to) => {
  if (to !== "-") {
    expect(transition(revisionMachine, event, from)).toBe(to);
    return;
  }
  try {
    transition(revisionMachine, event, from);
    expect.unreachable("the event should have been refused");
  } catch (error) {
    expect(isDomainError(error) && [error.code, error.details.reason]).toEqual(["conflict", "state.changed"]);
  }
});

it("knows every event", () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(revisionMachine).sort());
});

it("lets nobody write into what is submitted, and counts what is on its way", () => {
  expect(writableStates).toEqual(revisionMachine.submit.from);
  expect(openStates).toEqual(revisionMachine.withdraw.from);
});
