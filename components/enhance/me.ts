// Who reads: asked once for a page, and only when a cookie hints that there is something to know.
import { isRecord, textOf } from "@/components/enhance/json";
import { ask } from "@/components/enhance/server";

export interface Me {
  /** A member's name; "" for everybody else. */
  name: string;
  handle: string;
  /** Rooms that are open to them: "settings", "desk", "people". */
  may: string[];
  /** Their own comments on the page's article, unread. */
  comments: unknown;
  /** What they may do with the page's article at the desk. */
  article: { id: number; may: string[] };
}

const nobody: Me = { name: "", handle: "", may: [], comments: [], article: { id: 0, may: [] } };

let asked: Promise<Me> | undefined;

async function fetchMe(): Promise<Me> {
  if (!/(?:^|;\s*)colloquy-hint=1(?:;|$)/.test(document.cookie)) return nobody;
  const slug = document.querySelector<HTMLElement>("[data-article]")?.dataset.article;
  const url = slug ? `/api/v1/me?article=${encodeURIComponent(slug)}` : "/api/v1/me";
  const answer = await ask({ method: "GET", url });
  if (!answer.ok) return nobody;
  const { actor, may, comments, article } = answer.data;
  return {
    name: isRecord(actor) ? textOf(actor.name) : "",
    handle: isRecord(actor) ? textOf(actor.handle) : "",
    may: Array.isArray(may) ? may.map(String) : [],
    comments,
    article: isRecord(article)
      ? { id: Number(article.id), may: Array.isArray(article.may) ? article.may.map(String) : [] }
      : nobody.article,
  };
}

/** Who reads this page; nobody in particular when it cannot be known. */
export function askMe(): Promise<Me> {
  asked ??= fetchMe();
  return asked;
}
