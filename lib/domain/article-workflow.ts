// The states of a revision and what leads from one to another. That an article is a draft, live, or live with a newer draft is
// derived from its revisions and stored nowhere.
import type { Machine } from "@/lib/domain/state-machine";

export const revisionStates = [
  "DRAFT",
  "IN_REVIEW",
  "CHANGES_REQUESTED",
  "SCHEDULED",
  "PUBLISHED",
  "SUPERSEDED",
  "WITHDRAWN",
] as const;
export type RevisionState = (typeof revisionStates)[number];

export type RevisionEvent =
  | "submit"
  | "requestChanges"
  | "publish"
  | "schedule"
  | "withdraw"
  | "supersede"
  | "unpublish";

export const revisionMachine: Machine<RevisionState, RevisionEvent> = {
  // The text is frozen from here.
  submit: { from: ["DRAFT", "CHANGES_REQUESTED"], to: "IN_REVIEW" },
  requestChanges: { from: ["IN_REVIEW"], to: "CHANGES_REQUESTED" },
  publish: { from: ["IN_REVIEW", "SCHEDULED"], to: "PUBLISHED" },
  schedule: { from: ["IN_REVIEW"], to: "SCHEDULED" },
  withdraw: { from: ["DRAFT", "IN_REVIEW", "CHANGES_REQUESTED", "SCHEDULED"], to: "WITHDRAWN" },
  // A newer revision was published.
  supersede: { from: ["PUBLISHED"], to: "SUPERSEDED" },
  unpublish: { from: ["PUBLISHED"], to: "SUPERSEDED" },
};

/** Its writers can save into it. */
export const writableStates = ["DRAFT", "CHANGES_REQUESTED"] as const satisfies readonly RevisionState[];

/** On its way to readers; an article has at most one such revision. */
export const openStates = [
  "DRAFT",
  "IN_REVIEW",
  "CHANGES_REQUESTED",
  "SCHEDULED",
] as const satisfies readonly RevisionState[];
