// The ways from an article to the desk, for those who may write a new text of it or manage it.
import { make } from "@/components/enhance/make";
import { askMe } from "@/components/enhance/me";
import { words } from "@/components/enhance/words";

/** Puts them after the page's own ways, in the details of the article. */
export async function showArticleWays(): Promise<void> {
  const ways = document.querySelector(".details-ways");
  if (!ways) return;
  const { id, may } = (await askMe()).article;
  const way = (label: string, href: string) => ways.append(make("li", {}, make("a", { href }, label)));
  if (may.includes("revise")) way(words.revise, `/desk/drafts/${id}`);
  if (may.includes("manage")) way(words.manage, `/desk/articles/${id}`);
}
