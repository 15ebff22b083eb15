// What becomes of a thing that another system brings: published, kept as a draft, or left behind, and why. Nothing that was not
// public there ever becomes public here.
import { limits } from "@/lib/domain/limits";
import { codePointLength, hasVisibleContent, normalizeName } from "@/lib/text/normalize";
import { slugify } from "@/lib/text/slug";

export type Fate = { kind: "publish" } | { kind: "draft"; reason: string } | { kind: "skip"; reason: string };

/** What WordPress says of a post or page. */
export interface PostFacts {
  type: string;
  status: string;
  password: string;
  publishedAt: Date | null;
  tooLarge: boolean;
}

const skip = (reason: string): Fate => ({ kind: "skip", reason });
const draft = (reason: string): Fate => ({ kind: "draft", reason });

const otherTypes = new Map([
  ["attachment", "a file of the media library: it comes with the articles that show it"],
  ["nav_menu_item", "an entry of a menu"],
  ["revision", "an old revision"],
  ["wp_block", "a reusable block: it comes with the articles that use it"],
  ["custom_css", "a style sheet"],
  ["customize_changeset", "settings of a theme"],
  ["wp_global_styles", "settings of a theme"],
  ["wp_template", "a template of a theme"],
  ["wp_template_part", "a template of a theme"],
  ["wp_navigation", "a menu"],
  ["wp_font_family", "a font"],
  ["wp_font_face", "a font"],
  ["oembed_cache", "a copy of another site's page"],
]);

/** What becomes of a post. */
export function fateOfPost(post: PostFacts, now: Date): Fate {
  if (post.type !== "post" && post.type !== "page") {
    return skip(otherTypes.get(post.type) ?? `of a kind that has no place here (${post.type.slice(0, 40)})`);
  }
  if (post.tooLarge) return skip("larger than 32 million characters");
  switch (post.status) {
    case "publish":
      if (post.password !== "") return draft("password-protected");
      return post.publishedAt && post.publishedAt > now ? draft("dated in the future") : { kind: "publish" };
    case "private":
      return draft("private");
    case "future":
      return draft("scheduled for a later day");
    case "draft":
      return draft("a draft");
    case "pending":
      return draft("waiting for review");
    case "trash":
      return skip("in the bin");
    case "auto-draft":
    case "inherit":
      return skip("never saved by a person");
    default:
      return draft(`in a state that is not known here (${post.status.slice(0, 40) || "none"})`);
  }
}

export type CommentFate =
  | { kind: "comment"; status: "PUBLISHED" | "PENDING" }
  | { kind: "pingback" }
  | { kind: "skip"; reason: string };

/** What becomes of a comment. Notices of other sites are comments to WordPress. */
export function fateOfComment(comment: { type: string; approved: string }, pingbacks: "list" | "skip"): CommentFate {
  if (comment.approved === "spam") return { kind: "skip", reason: "spam" };
  if (comment.approved === "trash" || comment.approved === "post-trashed")
    return { kind: "skip", reason: "in the bin" };
  const approved = comment.approved === "1" || comment.approved === "approve";
  if (comment.type === "pingback" || comment.type === "trackback") {
    if (pingbacks === "skip") return { kind: "skip", reason: `a ${comment.type}, skipped as you asked` };
    return approved ? { kind: "pingback" } : { kind: "skip", reason: `a ${comment.type} that was not approved` };
  }
  if (comment.type !== "" && comment.type !== "comment") {
    return { kind: "skip", reason: `of a plugin's own kind (${comment.type.slice(0, 40)})` };
  }
  return { kind: "comment", status: approved ? "PUBLISHED" : "PENDING" };
}

/** The longest beginning of `text` that ends between words and, with "…", has at most `most` code points. */
export function shortened(text: string, most: number): string {
  if (codePointLength(text) <= most) return text;
  const start = Array.from(text)
    .slice(0, most - 1)
    .join("");
  const word = start.lastIndexOf(" ");
  return `${(word > start.length / 2 ? start.slice(0, word) : start).replace(/[\s,;:.–—-]+$/u, "")}…`;
}

/** How much of the text stands for a title that is missing: a line in a list. */
const borrowedTitle = 60;

/**
 * The title as it can be kept. `whole` is the full one when it had to be cut, to be put at the head of the text.
 * @param opening plain text of the article's beginning
 */
export function titleOf(given: string, opening: string): { title: string; whole: string | null; borrowed: boolean } {
  const whole = normalizeName(given);
  if (!hasVisibleContent(whole)) {
    const borrowed = normalizeName(opening);
    return {
      title: hasVisibleContent(borrowed) ? shortened(borrowed, borrowedTitle) : "Untitled",
      whole: null,
      borrowed: true,
    };
  }
  const title = shortened(whole, limits.title);
  return { title, whole: title === whole ? null : whole, borrowed: false };
}

/** The part of the old address that can be kept, or one made of the title; "" when neither gives anything. */
export function slugOf(given: string, title: string): string {
  return slugify(decoded(given), limits.slug) || slugify(title, limits.slug);
}

/** `slug` itself for `attempt` 1, then "slug-2", "slug-3" …, within the length of a slug. */
export function slugAttempt(slug: string, attempt: number): string {
  if (attempt === 1) return slug;
  const ending = `-${attempt}`;
  return slug.slice(0, limits.slug - ending.length).replace(/-+$/, "") + ending;
}

/** A handle of [a-z0-9_], 3 to 30 letters, from a login name; attempts after the first get a number. */
export function handleOf(login: string, attempt: number): string {
  const base = slugify(login, limits.handle.max).replace(/-/g, "_") || "author";
  const ending = attempt === 1 ? "" : `_${attempt}`;
  return (base.slice(0, limits.handle.max - ending.length) + ending).padEnd(limits.handle.min, "_");
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
