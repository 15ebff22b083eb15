// Every number that limits what people may send or see, with its reason. Lengths are in code points (R49); the database
// repeats them as checks.

export const limits = {
  /** Long enough for an essay in reply, short enough to read in a thread. */
  commentBody: 10_000,
  articleBody: 100_000,
  title: 200,
  slug: 80,
  summary: 500,
  guestName: 60,
  handle: { min: 3, max: 30 },
  displayName: 60,
  bio: 1_000,
  email: 254,
  /** Long enough to hold out against guessing; whole sentences fit (R25). Staff need more. */
  password: { min: 10, staffMin: 15, max: 256 },
  /** A way back after logging in; longer is no address of ours. */
  returnPath: 500,
  accessTokenName: 60,
  /** Tokens for programs that one member can have at a time. */
  accessTokens: 20,
  /** A handle that was given up is kept from others for so long (R53). */
  handleHoldDays: 90,
  /** Days between two changes of a handle: others know people by it. */
  handleChangeDays: 7,
  /** Days in which leaving can be taken back. */
  leavingDays: 7,
  /** People on a page of the people list. */
  peoplePerPage: 30,
  searchQuery: 200,
  topicName: 60,
  reportNote: 1_000,
  actionNote: 1_000,
  /** True parents are stored to here; deeper would be a robot (F16). */
  threadDepth: 1_000,
  /** How far replies are set in; below it they continue flat with "in reply to". */
  nestingShown: 6,
  /** Top-level comments on a page of a thread. */
  rootsPerPage: 50,
  /** Replies on a page of a thread, all roots together; "more replies" leads to the rest. */
  repliesPerPage: 150,
  /** Replies under one top-level comment before "more replies". */
  repliesPerRoot: 40,
  /** Comments on the page of one comment and its replies. */
  commentsPerSubThread: 200,
  /** Ancestors on the page of one comment; between the first and the nearest ones the rest is left out. */
  ancestorsShown: 8,
  /** Comments on paper, and in one answer of the API. */
  printedComments: 1_000,
  /** Entries of a feed. */
  feedEntries: 30,
  /** Articles on a page of a list. */
  articlesPerPage: 20,
  /** Pages that can be asked for by number (R55). */
  pageNumber: 1_000_000,
  /** Within it a guest's edit is silent (R70); later it shows as edited, with its history. */
  guestEditWindowMs: 15 * 60_000,
  memberEditWindowMs: 6 * 3_600_000,
  /** Earlier texts kept for one comment. */
  commentRevisions: 50,
  /** Links in one comment; beyond, it is refused (R58). */
  linksRefused: 100,
  /** Links a guest may post without waiting for a moderator (R69). */
  linksHeld: 2,
  /** Faster than this from opening the form to sending it looks like a robot (R68). */
  formAgeMs: 3_000,
  /** The same text by the same person to the same parent within this time is the same comment. */
  repeatWindowMs: 5 * 60_000,
  idempotencyHours: 24,
  /** Headings from which an article gets a table of contents. */
  contentsHeadings: 3,
  apiPageSize: 50,
} as const;
