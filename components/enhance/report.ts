// Reporting a comment in a dialog, with the form that the comment's own page has for it.
import { commentId } from "@/components/enhance/comment-id";
import { openDialog } from "@/components/enhance/dialog";
import { clearNotice, notice } from "@/components/enhance/notice";
import { commentUrl } from "@/components/enhance/place";
import { fieldText } from "@/components/enhance/problems";
import { send } from "@/components/enhance/sending";
import { ask, fetchPart } from "@/components/enhance/server";
import { words } from "@/components/enhance/words";

/** Opens the dialog; where the page has no form for it, goes to that page, which says why. */
export async function openReport(article: HTMLElement, link: HTMLElement): Promise<void> {
  const id = commentId(article);
  if (!id || article.ariaBusy === "true") return;
  clearNotice(article);
  article.ariaBusy = "true";
  const form = await fetchPart(commentUrl(id), 'form[data-form="report"]');
  article.ariaBusy = null;
  if (form === undefined) return notice(article, words.tryAgain, "error");
  if (!(form instanceof HTMLFormElement)) return location.assign(`${commentUrl(id)}#report`);

  form.querySelector("h2")?.remove(); // The dialog has its own.
  link.focus();
  const dialog = openDialog(words.reportTitle, words.cancel, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form, {
      request: () =>
        ask({
          method: "POST",
          url: `/api/v1/comments/${id}/reports`,
          body: { reason: fieldText(form, "reason"), note: fieldText(form, "note") },
        }),
      done: () => {
        dialog.close();
        notice(article, words.reported, "done");
      },
    });
  });
}
