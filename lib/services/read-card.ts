// What the share image of an article shows.
import type { Context } from "@/lib/services/context";
import { type Moved, movedOrMissing } from "@/lib/services/find-moved";
import { readSite } from "@/lib/services/read-site";
import { creditsOf, findPublished } from "@/lib/store/articles";
import { database } from "@/lib/store/client";

export interface CardView {
  title: string;
  writtenBy: string[];
  commentCount: number;
  siteName: string;
}

/** @throws DomainError `not_found` */
export async function readCard(
  ctx: Context,
  input: { slug: string },
): Promise<Moved | { articleId: number; card: CardView }> {
  const db = database();
  const article = await findPublished(db, input.slug);
  if (!article) return movedOrMissing(db, input.slug);
  const [site, credits] = await Promise.all([readSite(ctx), creditsOf(db, [article.id])]);
  const writtenBy = credits.filter((credit) => credit.kind === "WRITTEN").map((credit) => credit.name);
  const { title, commentCount } = article;
  return { articleId: article.id, card: { title, writtenBy, commentCount, siteName: site.name } };
}
