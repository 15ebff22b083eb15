// What a WordPress export holds, and how its fields become that.

export interface WxrSite {
  title: string;
  /** The old site's address, without a trailing slash; empty when the file does not say. */
  link: string;
  language: string;
}

export interface WxrAuthor {
  login: string;
  email: string;
  displayName: string;
}

export interface WxrTerm {
  /** `category`, `post_tag`, or another of WordPress's groupings. */
  taxonomy: string;
  slug: string;
  name: string;
  description: string;
}

export interface WxrComment {
  id: string;
  parentId: string;
  author: string;
  email: string;
  url: string;
  date: Date | null;
  /** HTML as WordPress keeps it: line breaks count. */
  content: string;
  /** "1" approved, "0" held, "spam", "trash", "post-trashed". */
  approved: string;
  /** Of the old site's account; "0" for someone who had none. */
  userId: string;
  /** "" or "comment", "pingback", "trackback", or a plugin's own. */
  type: string;
}

export interface WxrItem {
  /** Line of the file on which it begins. */
  line: number;
  id: string;
  /** `post`, `page`, `attachment`, `nav_menu_item`, … */
  type: string;
  /** `publish`, `future`, `draft`, `pending`, `private`, `trash`, `inherit`, … */
  status: string;
  /** May hold HTML. */
  title: string;
  link: string;
  slug: string;
  /** Login name of its author. */
  creator: string;
  publishedAt: Date | null;
  modifiedAt: Date | null;
  /** HTML. */
  content: string;
  /** HTML. */
  excerpt: string;
  password: string;
  commentsOpen: boolean;
  parentId: string;
  menuOrder: number;
  attachmentUrl: string;
  terms: { taxonomy: string; slug: string; name: string }[];
  meta: Map<string, string>;
  comments: WxrComment[];
  /** It was larger than `itemLimit`: its long texts are cut off and must not be used. */
  tooLarge: boolean;
}

export type WxrEntry =
  | { kind: "site"; site: WxrSite }
  | { kind: "author"; author: WxrAuthor }
  | { kind: "term"; term: WxrTerm }
  | { kind: "item"; item: WxrItem };

/** Fields of an element by their names in the file. */
export type Fields = Map<string, string>;

/** An item from its fields and what was gathered beside them. */
export function itemOf(
  fields: Fields,
  collections: Pick<WxrItem, "terms" | "meta" | "comments">,
  line: number,
  tooLarge: boolean,
): WxrItem {
  const raw = (name: string) => fields.get(name) ?? "";
  const get = (name: string) => raw(name).trim();
  return {
    line,
    id: get("wp:post_id"),
    type: get("wp:post_type") || "post",
    status: get("wp:status"),
    title: get("title"),
    link: get("link"),
    slug: get("wp:post_name"),
    creator: get("dc:creator"),
    publishedAt:
      wordpressDate(get("wp:post_date_gmt")) ?? rssDate(get("pubDate")) ?? wordpressDate(get("wp:post_date")),
    modifiedAt: wordpressDate(get("wp:post_modified_gmt")) ?? wordpressDate(get("wp:post_modified")),
    content: raw("content:encoded"),
    excerpt: raw("excerpt:encoded"),
    // A password of blanks is still a password to WordPress.
    password: raw("wp:post_password"),
    commentsOpen: get("wp:comment_status") === "open",
    parentId: get("wp:post_parent"),
    menuOrder: Number(get("wp:menu_order")) || 0,
    attachmentUrl: get("wp:attachment_url"),
    ...collections,
    tooLarge,
  };
}

/** A comment from its fields. */
export function commentOf(fields: Fields): WxrComment {
  const get = (name: string) => (fields.get(name) ?? "").trim();
  return {
    id: get("wp:comment_id"),
    parentId: get("wp:comment_parent"),
    author: get("wp:comment_author"),
    email: get("wp:comment_author_email"),
    url: get("wp:comment_author_url"),
    date: wordpressDate(get("wp:comment_date_gmt")) ?? wordpressDate(get("wp:comment_date")),
    content: fields.get("wp:comment_content") ?? "",
    approved: get("wp:comment_approved"),
    userId: get("wp:comment_user_id") || "0",
    type: get("wp:comment_type"),
  };
}

/** "2013-03-14 08:01:21", taken as UTC; null for WordPress's "0000-00-00 00:00:00" and for nonsense. */
function wordpressDate(value: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/.exec(value);
  if (!match || value.startsWith("0000")) return null;
  return validDate(new Date(`${value.replace(" ", "T")}Z`));
}

function rssDate(value: string): Date | null {
  const date = validDate(new Date(value));
  // A draft's pubDate is "Mon, 30 Nov -0001 00:00:00 +0000".
  return date && date.getUTCFullYear() > 0 ? date : null;
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
