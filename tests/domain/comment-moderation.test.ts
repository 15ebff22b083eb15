// Every state of a comment with every event: where it leads, or that it is refused.
import { expect, it } from "vitest";
import {
  type CommentStatus,
  commentStatuses,
  queuedStatuses,
  tombstoneStatuses,
  visibleStatuses,
} from "@/lib/domain/comment";
import { type CommentEvent, commentMachine } from "@/lib/domain/comment-moderation";
import { isDomainError } from "@/lib/domain/errors";
import { transition } from "@/lib/domain/state-machine";

const refused = "refused";

const table: [CommentEvent, CommentStatus, CommentStatus | typeof refused, string][] = [
  ["approve", "PUBLISHED", refused, "what can be read needs no approval"],
  ["approve", "PENDING", "PUBLISHED", "a held comment is let through"],
  ["approve", "SPAM", "PUBLISHED", "spam was no spam"],
  ["approve", "REMOVED", refused, "what was removed is restored, not approved"],
  ["approve", "DELETED", refused, "nobody brings back what its author took away"],

  ["hold", "PUBLISHED", "PENDING", "reports or an edit make a moderator look again"],
  ["hold", "PENDING", refused, "it waits already"],
  ["hold", "SPAM", refused, "spam is in the queue already"],
  ["hold", "REMOVED", refused, "a decision stands until it is taken back"],
  ["hold", "DELETED", refused, "there is nothing left to hold"],

  ["markSpam", "PUBLISHED", "SPAM", "spam that came through"],
  ["markSpam", "PENDING", "SPAM", "spam that was held"],
  ["markSpam", "SPAM", refused, "it is spam already"],
  ["markSpam", "REMOVED", refused, "a decision stands until it is taken back"],
  ["markSpam", "DELETED", refused, "there is nothing left to judge"],

  ["remove", "PUBLISHED", "REMOVED", "a moderator takes it from readers' eyes"],
  ["remove", "PENDING", "REMOVED", "a moderator refuses a held comment"],
  ["remove", "SPAM", "REMOVED", "a moderator gives spam a tombstone"],
  ["remove", "REMOVED", refused, "it is removed already"],
  ["remove", "DELETED", refused, "its author was first"],

  ["restore", "PUBLISHED", refused, "it was never removed"],
  ["restore", "PENDING", refused, "it was never removed"],
  ["restore", "SPAM", refused, "spam is approved, not restored"],
  ["restore", "REMOVED", "PUBLISHED", "a removal is taken back"],
  ["restore", "DELETED", refused, "a moderator can neither restore nor reveal it"],

  ["delete", "PUBLISHED", "DELETED", "its author takes it back"],
  ["delete", "PENDING", "DELETED", "its author takes it back before anybody saw it"],
  ["delete", "SPAM", refused, "spam stays for the moderators"],
  ["delete", "REMOVED", refused, "a removal stays on record"],
  ["delete", "DELETED", refused, "it is deleted already"],
];

it.each(table)("%s on %s gives %s: %s", (event, from, to) => {
  if (to !== refused) {
    expect(transition(commentMachine, event, from)).toBe(to);
    return;
  }
  try {
    transition(commentMachine, event, from);
    expect.unreachable("the event should have been refused");
  } catch (error) {
    expect(isDomainError(error) && [error.code, error.details.reason, error.details.values]).toEqual([
      "conflict",
      "state.changed",
      { from, event },
    ]);
  }
});

it("knows every event in every state", () => {
  const pairs = Object.keys(commentMachine).flatMap((event) => commentStatuses.map((from) => `${event} ${from}`));
  expect(table.map(([event, from]) => `${event} ${from}`).sort()).toEqual(pairs.sort());
});

it("puts every state into exactly one of visible, queued and tombstone", () => {
  expect([...visibleStatuses, ...queuedStatuses, ...tombstoneStatuses].sort()).toEqual([...commentStatuses].sort());
});
