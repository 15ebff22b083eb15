// The part of an address that is made from a title.
import slugifyText from "@sindresorhus/slugify";

/**
 * The text as `[a-z0-9]+(-[a-z0-9]+)*`, at most `max` characters, cut between words where that leaves something. Letters
 * of other alphabets are transliterated; returns "" when nothing can be (Chinese, emoji), so have an id ready.
 */
export function slugify(text: string, max = 80): string {
  // Only the beginning can end up in the slug; the rest would only cost time.
  const beginning = text.slice(0, max * 4).replace(/\p{Surrogate}/gu, "");
  const slug = slugifyText(beginning, { decamelize: false })
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (slug.length <= max) return slug;
  const cut = slug.slice(0, max + 1);
  const lastWord = cut.lastIndexOf("-");
  return lastWord > max / 2 ? cut.slice(0, lastWord) : slug.slice(0, max).replace(/-+$/, "");
}
