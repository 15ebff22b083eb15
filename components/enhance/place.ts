// Puts comments where they belong in the thread: fetched from their own page, in the server's own markup.
import { isCollapsed, setCollapsed } from "@/components/enhance/collapse";
import { make } from "@/components/enhance/make";
import { drawOwnTools } from "@/components/enhance/own";
import { fetchPart } from "@/components/enhance/server";
import { words } from "@/components/enhance/words";

/** Levels that pages draw (`limits.nestingShown`; a test compares them); deeper replies go on beside their parent. */
export const NESTING_DRAWN = 6;

/** What a page draws on a comment because of its surroundings, and its own page therefore does not. */
const OF_THE_PAGE = [".reply-to", "button.collapse"];

/** The page of one comment. */
export function commentUrl(id: string): string {
  return `/comments/${encodeURIComponent(id)}`;
}

/** The comment as the server draws it: null when there is none any more, undefined when the server was not reached. */
export async function fetchComment(id: string): Promise<HTMLElement | null | undefined> {
  return fetchPart(commentUrl(id), `article[id="c-${CSS.escape(id)}"]`);
}

export function articleOf(id: string): HTMLElement | null {
  return document.getElementById(`c-${id}`);
}

/** On the page of one comment, its replies stand in a part of their own; the first reply brings it. */
function answersOf(comment: Element): Element | null {
  if (!document.querySelector(".answers")) {
    const heading = make("h2", { id: "answers-heading" }, words.replies(0));
    const list = make("ol", { class: "comments" });
    const section = make("section", { class: "answers", "aria-labelledby": heading.id }, heading, list);
    comment.closest(".this-comment")?.after(section);
  }
  return document.querySelector(".answers > ol");
}

/** The list that a reply goes to, and whether that list stands beside its parent instead of below it. */
function listForReply(parent: Element): { list: Element; flat: boolean } | undefined {
  const item = parent.closest("li");
  if (!item?.parentElement) {
    const answers = answersOf(parent);
    return answers ? { list: answers, flat: false } : undefined;
  }
  const own = item.querySelector(":scope > ol.replies");
  if (own) return { list: own, flat: false };
  let level = 1;
  for (let list = item.closest("ol.replies"); list; list = list.parentElement?.closest("ol.replies") ?? null)
    level += 1;
  if (level >= NESTING_DRAWN) return { list: item.parentElement, flat: true };
  return { list: item.appendChild(make("ol", { class: "replies" })), flat: false };
}

function drawReplyTo(article: HTMLElement, parent: Element): void {
  const name = parent.querySelector(".comment-author")?.textContent ?? "";
  const link = make("a", { href: `#${parent.id}` }, make("bdi", {}, name));
  const line = make("span", { class: "reply-to" }, `${words.inReplyTo} `, link);
  article.querySelector(".comment-head > .permalink")?.before(line);
}

function topList(): Element | null {
  const thread = document.querySelector("discussion-thread");
  if (!thread) return null;
  document.querySelector("#discussion .invitation")?.remove();
  return thread.querySelector("ol") ?? thread.appendChild(make("ol", { class: "comments" }));
}

function isNewestFirst(): boolean {
  return new URLSearchParams(location.search).get("sort") === "newest";
}

function raise(count: Element | null, say: (amount: number) => string): void {
  const before = /\d[\d,]*/.exec(count?.textContent ?? "")?.[0];
  if (count && before) count.textContent = say(Number(before.replaceAll(",", "")) + 1);
}

/** The number at the heading goes along. */
function countOneMore(item: Element | null): void {
  raise(document.querySelector("#discussion-heading .count"), words.comments);
  if (item?.matches(".answers > ol > li")) raise(document.getElementById("answers-heading"), words.replies);
}

function insert(article: HTMLElement, parentId: string | null): boolean {
  const item = make("li", {}, article);
  if (parentId === null) {
    const list = topList();
    if (isNewestFirst()) list?.prepend(item);
    else list?.append(item);
    return list !== null;
  }
  const parent = articleOf(parentId);
  const place = parent && listForReply(parent);
  if (!place) return false;
  place.list.append(item);
  if (place.flat) drawReplyTo(article, parent);
  return true;
}

function replace(earlier: HTMLElement, article: HTMLElement): void {
  for (const selector of OF_THE_PAGE) {
    const kept = earlier.querySelector(`.comment-head > ${selector}`);
    if (kept && !article.querySelector(selector)) article.querySelector(".comment-head")?.append(kept);
  }
  earlier.replaceWith(article);
}

/**
 * Puts a fetched comment into the thread, or in the place of its earlier self. False when its parent is not on this
 * page, so that there is no place for it.
 */
export function placeComment(article: HTMLElement, parentId: string | null): boolean {
  const earlier = document.getElementById(article.id);
  if (earlier) replace(earlier, article);
  else if (!insert(article, parentId)) return false;
  else if (!isMarkedWaiting(article)) countOneMore(article.parentElement);
  drawOwnTools(article);
  return true;
}

function isMarkedWaiting(article: Element): boolean {
  return article.querySelector(".waiting-mark, .notice-mark") !== null;
}

/** Says on the comment that only its author and moderators see it yet. */
export function markWaiting(article: HTMLElement): void {
  if (isMarkedWaiting(article)) return;
  article.querySelector(".comment-head")?.append(" ", make("span", { class: "waiting-mark" }, words.waitingMark));
}

/** Marks the one comment that the reader came for. */
export function markTarget(article: Element): void {
  for (const old of document.querySelectorAll(".is-target")) old.classList.remove("is-target");
  article.classList.add("is-target");
}

/** Brings the reader to a comment: opens what hides it, marks it, moves the focus there. */
export function landOn(article: HTMLElement): void {
  for (let item = article.closest("li"); item; item = item.parentElement?.closest("li") ?? null) {
    const above = item.querySelector<HTMLElement>(":scope > article.comment");
    if (above && isCollapsed(above)) setCollapsed(above, false);
  }
  markTarget(article);
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: "nearest" });
}
