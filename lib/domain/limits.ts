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
  /** Mails that could not be sent, on a page. */
  mailsPerPage: 50,
  searchQuery: 200,
  /** Of the texts with the words that somebody looks for, the newest that are looked at: so a common word costs no more than a rare one. */
  searched: 200,
  /** Articles with the words in their title, likewise, however many newer texts have them somewhere. */
  searchedTitles: 100,
  /** Of one kind, on a page of its own. */
  foundPerPage: 20,
  /** Of each kind, while both stand on one page. */
  foundAtFirst: 8,
  topicName: 60,
  /** Topics of one article; more would say nothing about it. */
  topics: 10,
  /** A copyright holder, a licence. */
  rightsLine: 200,
  /** Articles that one person can have begun and not brought to an end. */
  openDrafts: 100,
  /** Of a draft's saves, the newest are all kept, so that whoever began from one of them is merged exactly; of older ones, one in ten minutes. */
  savesKept: { newest: 40, older: 100, everyMinutes: 10 },
  /** Places of one text to decide about one by one; beyond, one text is chosen whole. */
  conflictsShown: 60,
  /** Drafts on a page of the list. */
  draftsPerPage: 30,
  /** Somebody who has not been heard of for so long has put the draft down. */
  presenceMs: 30_000,
  /** Of the words that are left, whoever wrote this much of them is named as a writer: a paragraph in five is more than mending. */
  writtenShare: 0.2,
  /** People whom an editor may name in one line of the details; more is a list, not a line. */
  creditedPeople: 30,
  creditedName: 200,
  /** For readers: what a revision changed. */
  revisionNote: 1_000,
  /** For reviewers, and from them: a note with a submission, a reason for a decision. */
  editorialReason: 1_000,
  /** A private note on a draft. */
  draftNote: 5_000,
  /** Notes on one draft; beyond, somebody is not reading them. */
  draftNotes: 300,
  /** Bytes of a picture that is brought: what a telephone makes (R62). */
  pictureBytes: 5 * 1024 * 1024,
  /** Bytes of all pictures of one person, as they are kept (R62). */
  pictureQuota: 50 * 1024 * 1024,
  /** Days that a picture stays which no text uses: as long as the saves of a draft, from which a text with it can be brought back. */
  unusedPictureDays: 30,
  /** What a picture shows, in words; longer belongs into the text. */
  pictureAlt: 300,
  /** Days that the link to a draft works. */
  shareDays: [1, 7, 30],
  /** Links to one draft that work at a time. */
  draftShares: 20,
  /** Days ahead that can be scheduled: further is a typing error. */
  scheduleDays: 366,
  /** Revisions on the review page's lists; what waits longest stands first. */
  reviewsListed: 100,
  reportNote: 1_000,
  actionNote: 1_000,
  /** What a sanctioned person reads: a few sentences. */
  sanctionReason: 1_000,
  /** A rule's words: some hundred lines. */
  rulePattern: 10_000,
  ruleLines: 500,
  /** Longer patterns are several rules in one. */
  ruleRegularExpression: 500,
  ruleNote: 1_000,
  /** Past comments that a rule is tried on before it acts. */
  rehearsedComments: 1_000,
  /** A moderator's own words for a removal: a tombstone is no letter. */
  removalWords: 300,
  /** Items on a page of the queue; each comes with all that one needs to decide. */
  queuePage: 25,
  /** The queue's tabs count to here and say "and more". */
  queueCounted: 1_000,
  /** Items that are compared with one for being nearly the same text. */
  queueCompared: 500,
  /** Verdicts that a moderator can take back, newest first. */
  verdictsUndone: 20,
  /** Of a person's comments, the newest that their history counts. */
  historyCounted: 500,
  /** Of a person's comments, the newest that their history shows. */
  historyShown: 10,
  /** How long an item of the queue counts as before somebody; renewed while they look at it. */
  claimMs: 2 * 60_000,
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
  /** What the site calls itself, on every page. */
  siteName: 60,
  tagline: 120,
  /** Lines on a page of the public moderation log. */
  logLines: 50,
  /** Comments pinned in one thread: more would be a list that nobody reads. */
  pinned: 3,
  /** What an author says against a removal. */
  appealBody: 5_000,
} as const;
