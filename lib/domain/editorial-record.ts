// What the editorial record of an article tells of.

export type EditorialKind =
  | "START"
  | "REVISE"
  | "SUBMIT"
  | "REQUEST_CHANGES"
  | "SCHEDULE"
  | "PUBLISH"
  | "WITHDRAW"
  | "UNPUBLISH"
  | "REVERT"
  | "SET_CREDITS"
  | "SET_WRITERS"
  | "SHARE"
  | "UNSHARE";
