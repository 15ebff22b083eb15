// Changing one's own comment where it stands.
import { announce } from "@/components/enhance/announce";
import { commentId } from "@/components/enhance/comment-id";
import { startComposing } from "@/components/enhance/composing";
import { forgetDraft } from "@/components/enhance/drafts";
import { rememberChange } from "@/components/enhance/freshness";
import { make } from "@/components/enhance/make";
import { clearNotice, notice } from "@/components/enhance/notice";
import { isWaiting } from "@/components/enhance/own";
import { fetchComment, landOn, markWaiting, placeComment } from "@/components/enhance/place";
import { showMessage } from "@/components/enhance/problems";
import { send } from "@/components/enhance/sending";
import { ask } from "@/components/enhance/server";
import { words } from "@/components/enhance/words";

const draftPlace = (id: string) => `edit:${id}`;

function drawForm(id: string, source: string): HTMLFormElement {
  const area = make("textarea", { name: "body", id: `edit-${id}`, rows: "8", dir: "auto", required: "" });
  area.value = source;
  const limit = document.querySelector<HTMLElement>("textarea[data-limit]")?.dataset.limit;
  if (limit) area.dataset.limit = limit;
  return make(
    "form",
    { class: "composer edit-form", "aria-label": words.editLabel },
    make("p", { class: "form-message", role: "status" }),
    make("div", { class: "field" }, make("label", { for: area.id }, words.comment), area),
    make(
      "p",
      { class: "buttons" },
      make("button", {}, words.save),
      make("button", { type: "button", class: "quiet", "data-action": "cancel-edit" }, words.cancel),
    ),
  );
}

/** Opens the box with the comment's source in place of its text, or returns to it. */
export async function openEdit(article: HTMLElement): Promise<void> {
  const id = commentId(article);
  const body = article.querySelector<HTMLElement>(".comment-body");
  if (!id || !body || article.ariaBusy === "true") return;
  const open = article.querySelector<HTMLTextAreaElement>(".edit-form textarea");
  if (open) return open.focus();
  clearNotice(article);
  article.ariaBusy = "true";
  const answer = await ask({ method: "GET", url: `/api/v1/comments/${id}` });
  article.ariaBusy = null;
  if (!answer.ok) return notice(article, answer.problem.detail, "error");

  const { source: original } = answer.data;
  if (typeof original !== "string") {
    notice(article, words.notYours, "error");
    return;
  }
  const form = drawForm(id, original);
  body.hidden = true;
  body.after(form);
  const composing = startComposing({ form, place: draftPlace(id), original });
  if (composing?.restored) showMessage(form, words.restored);
  composing?.area.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    composing?.attempt();
    void send(form, {
      request: () =>
        ask({ method: "PATCH", url: `/api/v1/comments/${id}`, body: { body: composing?.area.value ?? "" } }),
      done: async (data) => {
        composing?.sent();
        rememberChange();
        const fresh = await fetchComment(id);
        if (!fresh) {
          closeEdit(article);
          return notice(article, words.saved, "done");
        }
        const waits = isWaiting(data.status);
        if (waits) markWaiting(fresh);
        placeComment(fresh, null);
        announce(waits ? words.waiting : words.saved);
        landOn(fresh);
      },
    });
  });
}

/** Closes the box and shows the comment again; with `discard`, what was changed is forgotten. */
export function closeEdit(article: HTMLElement, discard = false): void {
  const form = article.querySelector(".edit-form");
  if (!form) return;
  form.remove();
  const id = commentId(article);
  if (discard && id) forgetDraft(draftPlace(id));
  const body = article.querySelector<HTMLElement>(".comment-body");
  if (body) body.hidden = false;
  article.querySelector<HTMLElement>('[data-action="edit"]')?.focus();
}
