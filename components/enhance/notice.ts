// A sentence at one comment about what was just done to it, or could not be.
import { announce } from "@/components/enhance/announce";
import { make } from "@/components/enhance/make";

export function clearNotice(article: HTMLElement): void {
  article.querySelector(".comment-message")?.remove();
}

/** Shows the sentence at the comment's end, in place of an earlier one. */
export function notice(article: HTMLElement, sentence: string, kind: "error" | "done"): void {
  clearNotice(article);
  const message = make("p", { class: "comment-message", "data-kind": kind }, sentence);
  if (kind === "error") message.setAttribute("role", "alert");
  else announce(sentence);
  article.append(message);
}
