// Folding a comment with its replies to one line, remembered for this visit.
import { parseJson } from "@/components/enhance/json";
import { read, write } from "@/components/enhance/storage";
import { words } from "@/components/enhance/words";

const KEY = "colloquy-collapsed";

function remembered(): Set<string> {
  const ids = parseJson(read("sessionStorage", KEY));
  return new Set(Array.isArray(ids) ? ids.map(String) : []);
}

function buttonOf(article: Element): HTMLButtonElement | null {
  return article.querySelector<HTMLButtonElement>("button.collapse");
}

export function isCollapsed(article: Element): boolean {
  return buttonOf(article)?.getAttribute("aria-expanded") === "false";
}

function draw(article: Element, collapsed: boolean): void {
  buttonOf(article)?.setAttribute("aria-expanded", String(!collapsed));
  const editing = article.querySelector(".edit-form") !== null;
  const parts = [
    ...article.querySelectorAll<HTMLElement>(":scope > :not(.comment-head)"),
    ...(article.closest("li")?.querySelectorAll<HTMLElement>(":scope > ol.replies, :scope > .reply-form") ?? []),
  ];
  // The text that is being edited stays behind its form.
  for (const part of parts) part.hidden = collapsed || (editing && part.matches(".comment-body"));
}

/** Folds or opens a comment and remembers it. */
export function setCollapsed(article: HTMLElement, collapsed: boolean): void {
  draw(article, collapsed);
  const ids = remembered();
  const id = article.id;
  if (collapsed) ids.add(id);
  else ids.delete(id);
  write("sessionStorage", KEY, JSON.stringify([...ids]));
}

/** Shows the buttons of these comments and folds again what was folded in this visit. */
export function prepareCollapse(root: ParentNode): void {
  const ids = remembered();
  for (const button of root.querySelectorAll<HTMLButtonElement>("button.collapse")) {
    button.hidden = false;
    if (!button.textContent?.trim() && !button.hasAttribute("aria-label")) {
      button.setAttribute("aria-label", words.collapse);
    }
    const article = button.closest<HTMLElement>("article.comment");
    if (article && ids.has(article.id)) draw(article, true);
  }
}
