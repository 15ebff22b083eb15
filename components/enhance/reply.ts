// Answering a comment right under it, in a copy of the page's composer.
import { commentId } from "@/components/enhance/comment-id";
import { recallDraft } from "@/components/enhance/drafts";
import { make } from "@/components/enhance/make";
import { clearProblems, describeBy, setField } from "@/components/enhance/problems";
import { draftPlace } from "@/components/enhance/storage";
import { words } from "@/components/enhance/words";

const REFERENCES = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list"];

let openedBy: { form: HTMLElement; link: HTMLElement } | undefined;

/** Ids must be unique on a page, and what refers to them must follow. */
function renameIds(root: Element, suffix: string): void {
  const ids = new Set([...root.querySelectorAll("[id]")].map((element) => element.id));
  const renamed = (id: string) => (ids.has(id) ? `${id}-${suffix}` : id);
  for (const element of root.querySelectorAll("*")) {
    if (element.id) element.id = renamed(element.id);
    for (const name of REFERENCES) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.split(" ").map(renamed).join(" "));
    }
  }
}

/** A fresh copy: what was typed, said or shown in the one it is copied from stays there; only the name comes along. */
function copyComposer(template: HTMLElement, parentId: string, author: string): HTMLElement | null {
  const copy = template.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return null;
  const form = copy.querySelector("form");
  if (!form) return null;
  const name = template.querySelector<HTMLInputElement>("input[name=name]")?.value ?? "";
  clearProblems(form);
  for (const left of form.querySelectorAll(".counter, .preview")) {
    for (const area of form.querySelectorAll("textarea")) describeBy(area, left.id, false);
    left.remove();
  }
  for (const busy of form.querySelectorAll("[aria-disabled]")) busy.removeAttribute("aria-disabled");
  for (const area of form.querySelectorAll("textarea")) {
    area.defaultValue = "";
    area.readOnly = false;
  }
  form.reset();
  form.removeAttribute("data-busy");
  renameIds(copy, `reply-${parentId}`);
  copy.removeAttribute("id");
  copy.dataset.parent = parentId;
  copy.classList.add("reply-form");
  form.setAttribute("aria-label", words.replyTo(author));
  setField(form, "parent", parentId);
  setField(form, "name", name);
  const cancel = make("button", { type: "button", class: "quiet", "data-action": "cancel-reply" }, words.cancel);
  (form.querySelector(".buttons") ?? form).append(cancel);
  const heading = form.querySelector("h2");
  if (heading) heading.textContent = words.replyTo(author);
  return copy;
}

/** Opens the reply box under a comment, or returns to it; false when this page has no composer to copy. */
export function openReply(article: HTMLElement, link: HTMLElement): boolean {
  const id = commentId(article);
  const template =
    document.querySelector<HTMLElement>('comment-form[data-parent=""]') ??
    document.querySelector<HTMLElement>("comment-form:not(.reply-form)");
  if (!id || !template) return false;
  if (template.dataset.parent === id) {
    // The page of this one comment: its box stands there already.
    template.querySelector("textarea")?.focus();
    return true;
  }
  if (openedBy?.form.dataset.parent !== id || !openedBy.form.isConnected) {
    closeReply();
    const author = article.querySelector(".comment-author")?.textContent ?? "";
    const form = copyComposer(template, id, author);
    if (!form) return false;
    article.after(form);
    openedBy = { form, link };
  }
  openedBy?.form.querySelector("textarea")?.focus();
  return true;
}

/** Closes the open reply box; its text is kept. With `returnFocus`, the reader is back at the link that opened it. */
export function closeReply(returnFocus = false): void {
  if (!openedBy) return;
  const { form, link } = openedBy;
  openedBy = undefined;
  form.remove();
  markUnfinishedReply(link, form.dataset.article ?? "", form.dataset.parent ?? "");
  if (returnFocus) link.focus();
}

function markUnfinishedReply(link: HTMLElement, slug: string, parentId: string): void {
  if (link.childElementCount > 0) return; // More than a word: not ours to change.
  link.dataset.word ??= link.textContent ?? "";
  link.textContent = recallDraft(draftPlace(slug, parentId)) ? words.continueReply : link.dataset.word;
}

/** Says at the Reply links where a text was begun, on an earlier visit too. */
export function markUnfinishedReplies(root: ParentNode, slug: string): void {
  for (const link of root.querySelectorAll<HTMLElement>('[data-action="reply"]')) {
    const id = commentId(link.closest("article.comment"));
    if (id) markUnfinishedReply(link, slug, id);
  }
}
