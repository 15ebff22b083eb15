// <discussion-thread>: what can be done with comments in place. One listener of each kind for all of them.

import { isCollapsed, prepareCollapse, setCollapsed } from "@/components/enhance/collapse";
import { askDelete, cancelDelete, confirmDelete } from "@/components/enhance/delete";
import { closeEdit, openEdit } from "@/components/enhance/edit";
import { handleKey, openKeysHelp, prepareKeysButton } from "@/components/enhance/keys";
import { drawOwnTools, fetchOwn } from "@/components/enhance/own";
import { articleOf, fetchComment, markWaiting, placeComment } from "@/components/enhance/place";
import { closeReply, markUnfinishedReplies, openReply } from "@/components/enhance/reply";
import { openReport } from "@/components/enhance/report";

/** Held comments brought in when a page opens: each costs a request, and more than these wait on their own pages. */
const HELD_SHOWN = 5;

/** Returns false when the link had better be followed as a link. */
type Action = (article: HTMLElement, control: HTMLElement) => unknown;

const actions: Record<string, Action> = {
  reply: openReply,
  "cancel-reply": () => closeReply(true),
  report: openReport,
  edit: openEdit,
  "cancel-edit": (article) => closeEdit(article, true),
  delete: askDelete,
  "delete-yes": confirmDelete,
  "delete-no": cancelDelete,
  collapse: (article) => setCollapsed(article, !isCollapsed(article)),
};

/** The comment that a control belongs to: it stands in it, or in the reply box right after it. */
function commentAround(element: Element): HTMLElement | null {
  const inside = element.closest<HTMLElement>("article.comment");
  const before = element.closest(".reply-form")?.previousElementSibling;
  return inside ?? (before instanceof HTMLElement ? before : null);
}

export class DiscussionThread extends HTMLElement {
  #listening: AbortController | undefined;

  connectedCallback(): void {
    const root = this.closest("section") ?? this;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    root.addEventListener("click", (event) => event instanceof MouseEvent && this.#click(event), { signal });
    root.addEventListener("keydown", (event) => event instanceof KeyboardEvent && this.#escape(event), { signal });
    document.addEventListener("keydown", (event) => handleKey(event, this), { signal });
    prepareCollapse(this);
    prepareKeysButton(root, this);
    const slug = this.dataset.article ?? "";
    markUnfinishedReplies(this, slug);
    void this.#showOwn();
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
  }

  #click(event: MouseEvent): void {
    // A new tab or window is asked for: the link's own way.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented) return;
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-action]") : null;
    if (!control) return;
    if (control.dataset.action === "keys") openKeysHelp();
    const article = commentAround(control);
    const action = actions[control.dataset.action ?? ""];
    if (article && action && action(article, control) !== false) event.preventDefault();
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing || !(event.target instanceof Element)) return;
    const article = commentAround(event.target);
    if (event.target.closest(".reply-form")) closeReply(true);
    else if (article && event.target.closest(".edit-form")) closeEdit(article);
    else if (article && event.target.closest(".confirm")) cancelDelete(article);
    else return;
    event.preventDefault();
  }

  async #showOwn(): Promise<void> {
    const comments = await fetchOwn();
    for (const { id } of comments) {
      const article = articleOf(id);
      if (article) drawOwnTools(article);
    }
    const held = comments.filter(({ id, waits }) => waits && !articleOf(id)).slice(0, HELD_SHOWN);
    // One after another, in the order in which they were written, so that a reply finds its parent.
    for (const { id, parentId } of held) {
      const article = await fetchComment(id);
      if (!article) continue;
      markWaiting(article);
      placeComment(article, parentId);
    }
  }
}
