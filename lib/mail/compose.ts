// The words of every mail. What somebody typed themselves (a name) stands only in mail to an address that is known to be theirs, or a
// stranger could have us send it anywhere.
import type { MailWish } from "@/lib/domain/mail";
import { type Block, type Letter, layOut, type Site } from "@/lib/mail/layout";
import { oneLine } from "@/lib/mail/message";
import { removalWords } from "@/lib/ui/labels";

export interface LetterFacts {
  site: Site;
  /** Without "@". */
  handle: string;
  /** Empty when the address is not known to be theirs. */
  name: string;
  /** The token of the one-time link, for those mails that carry one. */
  token?: string;
}

/** What a mail tells: a wish, or for one about replies what they are by now. `stop` is the token that ends mails of its kind. */
export type Told =
  | Exclude<MailWish, { kind: "reply" | "moreReplies" }>
  | { kind: "reply"; writer: string; title: string; excerpt: string; path: `/${string}`; stop: string }
  | { kind: "moreReplies"; count: number; title: string; path: `/${string}`; stop: string };

type Kind = Told["kind"];
type Wishes = { [K in Kind]: Extract<Told, { kind: K }> };
type Words = { [K in Kind]: (facts: LetterFacts, wish: Wishes[K]) => Omit<Letter, "name"> };

/** A link to a page of this site, and to nothing else. */
function link({ site, token }: LetterFacts, label: string, path: `/${string}`): Block {
  return { label, href: token === undefined ? site.origin + path : `${site.origin}${path}?token=${token}` };
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** An ISO 8601 time in words; as it stands when it is none. */
function inWords(format: Intl.DateTimeFormat, iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : format.format(at);
}

const editorialWords = {
  changesRequested: {
    subject: "Changes are asked for to your text",
    sentence: (title: string) => `An editor has read ${title} and asks you for changes before it is published.`,
    button: "Open your text",
  },
  scheduled: {
    subject: "A day is set for your text",
    sentence: (title: string) => `${title} has passed review and will be published on the day that an editor has set.`,
    button: "See when",
  },
  published: {
    subject: "Your text is published",
    sentence: (title: string) => `${title} is published: readers see your text from now on.`,
    button: "Read it",
  },
};

const replies = (count: number) => `${count.toLocaleString("en-GB")} more ${count === 1 ? "reply" : "replies"}`;

/** For a subject, which mail programs cut: in code points. */
const titleShown = 30;

function shortened(title: string): string {
  const points = [...title];
  return points.length <= titleShown ? title : `${points.slice(0, titleShown).join("").trimEnd()}…`;
}

/** At the foot of mails that nobody needs. */
function stopLink({ site }: LetterFacts, token: string): Pick<Letter, "footnote" | "stop"> {
  return {
    footnote: "This mail was sent because you want to hear of replies. Answers to it are not read.",
    stop: { label: "No more mail about replies", href: `${site.origin}/unsubscribe?token=${token}` },
  };
}

const words: Words = {
  verifyEmail: (facts) => ({
    subject: `Confirm your address for ${facts.site.name}`,
    blocks: [
      `Somebody, probably you, made the account @${facts.handle} at ${facts.site.name} with this address.`,
      link(facts, "Confirm this address", "/verify-email"),
      "The link works once, within 24 hours.",
      "If it was not you, do nothing. The account cannot use your address.",
    ],
  }),
  addressTaken: (facts) => ({
    subject: `You already have an account at ${facts.site.name}`,
    blocks: [
      `Somebody just tried to make an account at ${facts.site.name} with this address. It has one already: @${facts.handle}.`,
      "If it was you, log in instead.",
      link(facts, "Log in", "/log-in"),
      link(facts, "Set a new password", "/forgot-password"),
      "If it was not you, do nothing. Nothing was changed, and whoever it was has not been told that you have an account.",
    ],
  }),
  resetPassword: (facts, { closed }) => ({
    subject: `Set a new password for ${facts.site.name}`,
    blocks: [
      closed
        ? `The account @${facts.handle} at ${facts.site.name} has this address again. Every browser is logged out, and the old password opens nothing any more.`
        : `Somebody, probably you, asked to set a new password for @${facts.handle} at ${facts.site.name}.`,
      link(facts, "Set a new password", "/reset-password"),
      "The link works once, within 30 minutes, and only the newest one does.",
      closed
        ? "When it has ended, “Forgot password?” on the page to log in sends you another one."
        : "If it was not you, do nothing. Your password stays as it is.",
    ],
  }),
  passwordChanged: (facts) => ({
    subject: `Your password at ${facts.site.name} was changed`,
    blocks: [
      `The password of @${facts.handle} at ${facts.site.name} was just changed. Other browsers have been logged out.`,
      "If it was you, there is nothing to do. If it was not you, set a new one now.",
      link(facts, "Set a new password", "/forgot-password"),
    ],
  }),
  passwordClosed: (facts) => ({
    subject: `Your password at ${facts.site.name} no longer works`,
    blocks: [
      `Somebody tried very many wrong passwords for @${facts.handle} at ${facts.site.name}. To keep your account safe, no password opens it until you set a new one.`,
      link(facts, "Set a new password", "/forgot-password"),
      "Where you are logged in, you stay so.",
    ],
  }),
  changeEmail: (facts) => ({
    subject: `Confirm your new address for ${facts.site.name}`,
    blocks: [
      `The owner of the account @${facts.handle} at ${facts.site.name} wants to use this address from now on.`,
      link(facts, "Use this address", "/confirm-email"),
      "The link works once, within 24 hours.",
      "If it was not you, do nothing. The address is not used.",
    ],
  }),
  emailChanged: (facts) => ({
    subject: `Your address at ${facts.site.name} was changed`,
    blocks: [
      `The account @${facts.handle} at ${facts.site.name} has another mail address now. Its mail no longer comes here.`,
      "If it was you, there is nothing to do. If it was not you, take it back within 7 days.",
      link(facts, "Take it back", "/undo-email"),
      "That also logs out every browser, and a link to set a new password comes to you.",
    ],
  }),
  newDevice: (facts, { device, at }) => ({
    subject: `New log-in at ${facts.site.name}`,
    blocks: [
      `Somebody, probably you, logged in as @${facts.handle} at ${facts.site.name} with a browser that we had not seen before: ${oneLine(device) || "an unknown one"}, on ${inWords(minute, at)} UTC.`,
      "If it was you, there is nothing to do. If it was not you, set a new password now. That logs out every browser.",
      link(facts, "Set a new password", "/forgot-password"),
    ],
  }),
  exportReady: (facts) => ({
    subject: `Your data from ${facts.site.name} is ready`,
    blocks: [
      `The archive of all that @${facts.handle} has at ${facts.site.name} is ready. It is kept for a few days.`,
      link(facts, "Download it", "/settings/data"),
    ],
  }),
  ruleTamed: (facts, { ruleId }) => ({
    subject: `A screening rule at ${facts.site.name} needs you`,
    blocks: [
      `Rule ${ruleId} suddenly fitted so many comments that it is probably wrong. It refuses nothing any more: what fits it waits in the queue.`,
      link(facts, "Look at the rules", "/desk/site"),
      link(facts, "Open the queue", "/desk/moderation"),
    ],
  }),
  leaving: (facts, { until }) => ({
    subject: `Your account at ${facts.site.name} will be deleted`,
    blocks: [
      `The account @${facts.handle} at ${facts.site.name} will be deleted on ${inWords(day, until)}, as its owner asked.`,
      "Until then you can change your mind: log in and keep it.",
      link(facts, "Open your settings", "/settings/data"),
      "If it was not you who asked, do that now, and set a new password.",
    ],
  }),
  editorial: (facts, wish) => {
    const title = oneLine(wish.title);
    const reason = oneLine(wish.reason);
    const { subject, sentence, button } = editorialWords[wish.news];
    return {
      subject: `${subject} at ${facts.site.name}`,
      blocks: [
        sentence(`“${title}”`),
        ...(reason ? [`What the editor says: ${reason}`] : []),
        link(facts, button, wish.path),
      ],
    };
  },
  reply: (facts, { writer, title, excerpt, path, stop }) => ({
    subject: `A reply at ${facts.site.name}: ${shortened(oneLine(title))}`,
    blocks: [
      `${oneLine(writer)} replied to your comment on “${oneLine(title)}”:`,
      ...(excerpt ? [{ quote: oneLine(excerpt) }] : []),
      link(facts, "Read it and answer", path),
    ],
    ...stopLink(facts, stop),
  }),
  moreReplies: (facts, { count, title, path, stop }) => ({
    subject: `${replies(count)} at ${facts.site.name}: ${shortened(oneLine(title))}`,
    blocks: [
      `${replies(count)} came to what you wrote on “${oneLine(title)}”.`,
      link(facts, "Read the first of them", path),
    ],
    ...stopLink(facts, stop),
  }),
  removed: (facts, { commentId, title, excerpt, reason }) => ({
    subject: `A comment of yours was removed at ${facts.site.name}`,
    blocks: [
      `A moderator removed what you wrote on “${oneLine(title)}”.`,
      ...(excerpt ? [{ quote: oneLine(excerpt) }] : []),
      `The reason: ${oneLine(removalWords(reason))}`,
      "If you think that this is a mistake, say so once: another moderator will decide.",
      link(facts, "See it and object", `/comments/${commentId}#appeal`),
    ],
  }),
  appealDecided: (facts, { commentId, title, granted, answer }) => ({
    subject: `Your appeal at ${facts.site.name}: ${granted ? "granted" : "denied"}`,
    blocks: [
      granted
        ? `Another moderator looked at what you wrote on “${oneLine(title)}”. It can be read again.`
        : `Another moderator looked at what you wrote on “${oneLine(title)}”. It stays removed.`,
      ...(answer ? [`What they say: ${oneLine(answer)}`] : []),
      link(facts, "Open it", `/comments/${commentId}`),
    ],
  }),
  // No name: after the account is gone nobody can say whether the address was ever confirmed.
  left: (facts) => ({
    subject: `Your account at ${facts.site.name} is deleted`,
    blocks: [
      `Your account at ${facts.site.name} is deleted, as you asked, and this is the last mail about it.`,
      link(facts, "You are welcome to read on", "/"),
    ],
  }),
};

/** The mail for a wish: its subject, and what it says as plain text and as HTML. */
export function compose(told: Told, known: LetterFacts): { subject: string; text: string; html: string } {
  const site = { ...known.site, name: oneLine(known.site.name) };
  const name = oneLine(known.name);
  const letter = { ...write(told.kind, told, { ...known, site, name }), name };
  return { subject: letter.subject, ...layOut(letter, site) };
}

function write<K extends Kind>(kind: K, told: Wishes[K], facts: LetterFacts): Omit<Letter, "name"> {
  return words[kind](facts, told);
}
