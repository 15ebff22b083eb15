// Deleting one's own comment: asked once more in place, then the server's tombstone stands there.

import { announce } from "@/components/enhance/announce";
import { commentId } from "@/components/enhance/comment-id";
import { rememberChange } from "@/components/enhance/freshness";
import { make } from "@/components/enhance/make";
import { clearNotice, notice } from "@/components/enhance/notice";
import { fetchComment, landOn, placeComment } from "@/components/enhance/place";
import { ask } from "@/components/enhance/server";
import { words } from "@/components/enhance/words";

/** Puts the question in the link's place; the safe answer has the focus. */
export function askDelete(article: HTMLElement, link: HTMLElement): void {
  clearNotice(article);
  const keep = make("button", { type: "button", "data-action": "delete-no" }, words.keep);
  const question = make(
    "span",
    { class: "confirm", role: "group", "aria-label": words.deleteQuestion },
    make("span", {}, words.deleteQuestion),
    " ",
    make("button", { type: "button", class: "danger", "data-action": "delete-yes" }, words.delete),
    " ",
    keep,
  );
  link.hidden = true;
  link.after(question);
  keep.focus();
}

/** Takes the question back. */
export function cancelDelete(article: HTMLElement): void {
  const question = article.querySelector(".confirm");
  if (!question) return;
  question.remove();
  const link = article.querySelector<HTMLElement>('[data-action="delete"]');
  if (!link) return;
  link.hidden = false;
  link.focus();
}

/** Deletes; a second click while it happens does nothing. */
export async function confirmDelete(article: HTMLElement): Promise<void> {
  const id = commentId(article);
  if (!id || article.ariaBusy === "true") return;
  article.ariaBusy = "true";
  const answer = await ask({ method: "DELETE", url: `/api/v1/comments/${id}` });
  article.ariaBusy = null;
  if (!answer.ok) {
    cancelDelete(article);
    return notice(article, answer.problem.status === 0 ? words.tryAgain : answer.problem.detail, "error");
  }
  rememberChange();
  const fresh = (await fetchComment(id)) ?? localTombstone(article);
  placeComment(fresh, null);
  announce(words.deleted);
  landOn(fresh);
}

/** When the server's cannot be had just now. */
function localTombstone(article: HTMLElement): HTMLElement {
  article.classList.add("tombstone");
  article.querySelector(".comment-actions")?.remove();
  article.querySelector(".comment-body")?.replaceChildren(make("p", {}, words.deleted));
  return article;
}
