// Whether the address that a draft wishes for can be had, and if not, one like it that can.
import { limits } from "@/lib/domain/limits";
import type { Transaction } from "@/lib/store/client";
import { slugIsTaken } from "@/lib/store/live-articles";

/** How many are tried; beyond, people will have a better idea. */
const tries = 8;

/** Null when the wish is free, or nothing like it is. */
export async function freeSlug(db: Transaction, wish: { slug: string; articleId: number }): Promise<string | null> {
  const { slug, articleId } = wish;
  if (!(await slugIsTaken(db, slug, articleId))) return null;
  for (let nth = 2; nth < tries + 2; nth++) {
    const another = `${slug.slice(0, limits.slug - 2).replace(/-+$/, "")}-${nth}`;
    if (!(await slugIsTaken(db, another, articleId))) return another;
  }
  return null;
}
