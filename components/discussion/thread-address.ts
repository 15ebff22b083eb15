// Addresses of the pages of a discussion. The first page, oldest first, is the article's own address.
import type { CommentSort } from "@/lib/domain/comment";

export function threadAddress(slug: string, sort: CommentSort, page: number): string {
  const query = new URLSearchParams();
  if (sort === "newest") query.set("sort", sort);
  if (page > 1) query.set("page", String(page));
  const asked = query.toString();
  return `/articles/${slug}${asked ? `?${asked}` : ""}`;
}
