// The few sentences that the page's own script says. Everything longer comes from the server, in its markup or its problems.

const number = new Intl.NumberFormat("en-GB");
const count = (amount: number, one: string) => `${number.format(amount)} ${one}${amount === 1 ? "" : "s"}`;

/** Apart from the others, because every page has them from the first moment. */
export const themeWords = { system: "Theme of the system", dark: "Dark theme", light: "Light theme" } as const;

/** The same: a form may be sent before the rest has come. */
export const unreachable = "The site cannot be reached. Your text is kept here; please try again in a little while.";

export const words = {
  showPassword: "Show password",
  show: "Show",
  loggedInAs: "You are logged in as",
  postAs: "Post as",

  posted: "Your comment is posted.",
  waiting: "Your comment is kept and waits for a moderator.",
  waitingMark: "Waiting for a moderator",
  seeIt: "See it",
  preview: "Preview",
  previewShown: "Preview shown.",
  previewEmpty: "There is nothing to preview yet.",
  restored: "Your unsent text is back.",
  charactersLeft: (left: number) => `${count(left, "character")} left`,
  charactersOver: (over: number) => `${count(over, "character")} too many`,

  unreachable,
  unavailable: "We cannot save anything at this moment. Your text is kept here; please try again in a little while.",
  refused: "This was not accepted. Your text is kept.",
  wait: (seconds: number) => `Please wait ${count(seconds, "second")} before you post again; your text is kept.`,
  waitLeft: (seconds: number) => (seconds < 90 ? count(seconds, "second") : count(Math.ceil(seconds / 60), "minute")),
  waitOver: "You can post now.",
  tryAgain: "That did not work. Please try again in a little while.",

  continueReply: "Continue reply",
  replyTo: (name: string) => `Reply to ${name}`,
  cancel: "Cancel",
  close: "Close",
  you: "You",
  revise: "Revise",
  manage: "Manage",
  edit: "Edit",
  editLabel: "Edit your comment",
  comment: "Comment",
  save: "Save",
  notYours: "This is not yours to change.",
  saved: "Your comment is changed.",
  delete: "Delete",
  deleteQuestion: "Delete this comment?",
  keep: "Keep",
  deleted: "Your comment is deleted.",
  reportTitle: "Report this comment",
  reported: "Thank you. A moderator will have a look.",
  inReplyTo: "in reply to",
  collapse: "Replies",
  replies: (amount: number) => (amount === 1 ? "1 reply" : `${number.format(amount)} replies`),
  comments: (amount: number) => count(amount, "comment"),

  keysTitle: "Keys",
  keysOn: "Use these keys",
  keys: [
    ["j", "next comment"],
    ["k", "previous comment"],
    ["r", "reply to the comment you are at"],
    ["Esc", "close what is open"],
    ["?", "this list"],
  ],
} as const;
