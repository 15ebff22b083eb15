// How one published text of an article is cited: what is known of it, whose names are a person's, and a line for people to read.
// The formats for programs stand in citation-formats.

/** What there is to say of a text that somebody cites. */
export interface CitedText {
  /** Of the article; part of the citation's key. */
  slug: string;
  title: string;
  /** As the article names them. */
  authors: readonly string[];
  siteName: string;
  /** From 1. */
  revision: number;
  /** When this text was published; its day is in UTC, like every date that readers see. */
  publishedAt: Date;
  /** The whole address of this very text. */
  url: string;
  /** Empty: nothing is known. */
  licence: string;
}

/** A person's name in two parts, or a name that must stay in one piece: of a body, a pseudonym, another order of names. */
export type CitedName = { family: string; given: string } | { literal: string };

/** Words that only names of bodies have. */
const bodies =
  /^(?:the|society|university|college|school|institute|institution|association|foundation|group|team|committee|council|commission|department|ministry|office|agency|museum|library|press|editors|staff|collective|project|company|inc|ltd|llc|gmbh|corp|co|club|union|network|centre|center|of|and|for|&)\.?$/i;
/** Small words that belong to the family name after them. */
const particles = /^(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|af|av|zu|zum|zur|bin|ibn|al|el)$/;
/** Scripts that write the given name first and part names by spaces. */
const personalWord = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{M}'’.‐-]+$/u;
const startsLarge = /^\p{Lu}/u;

/** Longer than this it is a title or a sentence, not a name. */
const mostWords = 5;

/** The parts of a name when it looks like a person's; in doubt it stays whole, because a name cut wrongly is worse. */
export function nameParts(name: string): CitedName {
  const words = name.split(/\s+/).filter(Boolean);
  const isPersonal =
    words.length >= 2 &&
    words.length <= mostWords &&
    words.every(
      (word) => personalWord.test(word) && !bodies.test(word) && (startsLarge.test(word) || particles.test(word)),
    ) &&
    startsLarge.test(words[0] ?? "") &&
    startsLarge.test(words.at(-1) ?? "");
  if (!isPersonal) return { literal: words.join(" ") };
  let start = words.length - 1;
  while (start > 1 && particles.test(words[start - 1] ?? "")) start--;
  return { family: words.slice(start).join(" "), given: words.slice(0, start).join(" ") };
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const listing = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** A line for a list of sources: `Ada Beekeeper and Grace Hive. “How do bees find their way?” Colloquy, revision 3, …` */
export function plainCitation(text: CitedText): string {
  const authors = text.authors.length > 0 ? `${listing.format(text.authors)}. ` : "";
  const title = text.title.replace(/[“”"]/g, "’");
  const end = /[.?!…。？！]$/u.test(title) ? "" : ".";
  const licence = text.licence ? ` ${text.licence}.` : "";
  const place = `${text.siteName}, revision ${text.revision}, ${day.format(text.publishedAt)}.`;
  return `${authors}“${title}${end}” ${place} ${text.url}.${licence}`.replace(/\s+/g, " ");
}
