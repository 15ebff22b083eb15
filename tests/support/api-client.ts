// A program that discusses through the JSON API, without cookies: how tests fill a thread before the browser opens it.
import { randomUUID } from "node:crypto";

export interface Posted {
  id: string;
  url: string;
  status: "published" | "pending";
  editToken: string;
}

interface Wish {
  body: string;
  name?: string;
  parentId?: string;
}

function isPosted(value: unknown): value is Posted {
  return typeof value === "object" && value !== null && "id" in value && "editToken" in value;
}

/** Posts a comment. @throws Error with the answer when it is refused */
export async function postComment(origin: string, slug: string, wish: Wish): Promise<Posted> {
  const response = await fetch(`${origin}/api/v1/articles/${slug}/comments`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify(wish),
  });
  const answer: unknown = await response.json();
  if (response.status !== 201 || !isPosted(answer)) {
    throw new Error(`"${wish.body.slice(0, 60)}" was answered ${response.status}: ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** Posts one after another, so that they stand in this order. */
export async function postComments(origin: string, slug: string, wishes: readonly Wish[]): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (const wish of wishes) posted.push(await postComment(origin, slug, wish));
  return posted;
}

/** A chain of replies, each to the one before: `bodies[0]` at the top. */
export async function postChain(origin: string, slug: string, bodies: readonly string[]): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (const body of bodies) posted.push(await postComment(origin, slug, { body, parentId: posted.at(-1)?.id }));
  return posted;
}
