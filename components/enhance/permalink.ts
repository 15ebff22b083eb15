// Links to a comment always land: marked where it stands on this page, or on its own page when it is not here.
import { articleOf, commentUrl, landOn } from "@/components/enhance/place";

function follow(): void {
  const id = /^#c-(\d+)$/.exec(location.hash)?.[1];
  if (!id) return;
  const article = articleOf(id);
  if (article) landOn(article);
  else if (location.pathname !== commentUrl(id)) location.replace(commentUrl(id));
}

/** Follows the address now and whenever its fragment changes. */
export function startPermalinks(): void {
  addEventListener("hashchange", follow);
  follow();
}
