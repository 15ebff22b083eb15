// What tests of services begin with: articles, people, the request somebody makes, the comment they wish to post. Everything is
// written by the store and the services themselves, on the test file's own database.
import { beforeAll } from "vitest";
import { type Actor, anonymously, type MemberActor, type VisitorActor } from "@/lib/domain/actor";
import { isDomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { identify } from "@/lib/services/identify";
import { type PostComment, type PostedComment, postComment } from "@/lib/services/post-comment";
import { inTransaction } from "@/lib/store/client";
import { ensureTopic, insertArticle, insertRevision, insertUser, showArticle } from "@/lib/store/publishing";
import { skeleton } from "@/lib/text/confusables";
import { rendererVersion } from "@/lib/text/markdown";
import { renderPlain } from "@/lib/text/plain-html";
import { slugify } from "@/lib/text/slug";

export const ownOrigin = "https://talk.example.org";

/** Somebody nobody has seen here before. */
export const stranger: VisitorActor = { kind: "visitor", visitorId: null };

const system: Actor = { kind: "system" };

let networks = 0;

/** A network that no other request of this test file comes from. */
export function newNetwork(): string {
  networks++;
  return `203.0.${Math.floor(networks / 256)}.${networks % 256}`;
}

/** The request of `actor`; of a stranger from a network of their own, when nobody else is named. */
export function by(actor: Actor = stranger, about: Partial<Context> = {}): Context {
  return { actor, now: new Date(), network: newNetwork(), ownOrigin, ...about };
}

/** Lets everybody post as often as the test needs; tests of the limits themselves leave it out. */
export function withoutRateLimits(): void {
  beforeAll(() => {
    env().rateLimitFactor = 1_000_000;
  });
}

let articles = 0;

export interface TestArticle {
  slug: string;
  articleId: number;
  threadId: number;
  revisionId: number;
}

/** A published article with an empty thread. */
export async function anArticle(
  title = "How do bees find their way home?",
  topics: readonly string[] = [],
  body = "By the sun.",
): Promise<TestArticle> {
  articles++;
  const slug = `article-${articles}`;
  const permit = authorize(system, "site.import");
  const at = new Date();
  return inTransaction(async (tx) => {
    const { id: articleId, threadId } = await insertArticle(tx, permit, { slug, createdAt: at });
    const topicIds: number[] = [];
    for (const name of topics) {
      topicIds.push((await ensureTopic(tx, permit, { slug: slugify(name, limits.slug), name, description: "" })).id);
    }
    const { id: revisionId } = await insertRevision(tx, permit, {
      articleId,
      number: 1,
      state: "PUBLISHED",
      title,
      summary: "",
      body,
      rendered: renderPlain(body),
      rendererVersion,
      copyrightHolder: "",
      licence: "",
      class: null,
      note: "",
      authorId: null,
      decidedById: null,
      topicIds,
      createdAt: at,
      publishedAt: at,
    });
    const dates = { firstPublishedAt: at, lastModifiedAt: at };
    await showArticle(tx, permit, { articleId, revisionId, ...dates, topicIds });
    return { slug, articleId, threadId, revisionId };
  });
}

/** A member without roles. */
export async function aMember(handle: string, displayName: string): Promise<MemberActor> {
  const permit = authorize(system, "site.import");
  const { id } = await inTransaction((tx) =>
    insertUser(tx, permit, {
      handle,
      displayName,
      nameKey: skeleton(displayName),
      handleKey: skeleton(handle),
      roles: [],
      bio: "",
      bioHtml: "",
      createdAt: new Date(),
    }),
  );
  return {
    kind: "member",
    userId: id,
    handle,
    displayName,
    roles: [],
    verified: true,
    visitorId: null,
    session: null,
    scopes: null,
  };
}

/** A comment as the form would send it. */
export function wish(article: { slug: string }, about: Partial<PostComment> = {}): PostComment {
  return {
    slug: article.slug,
    parentId: null,
    body: "A thoughtful remark.",
    name: undefined,
    key: undefined,
    honeypot: "",
    ageMs: undefined,
    ...about,
  };
}

/** Posts as `ctx` says; by a stranger when nobody is named. */
export function post(article: { slug: string }, about: Partial<PostComment> = {}, ctx = by()): Promise<PostedComment> {
  return postComment(ctx, wish(article, about));
}

/** Who posted something as a stranger, by the token they were given. */
export async function visitorOf(posted: { visitorToken: string | undefined }): Promise<VisitorActor> {
  if (!posted.visitorToken) throw new Error("No visitor token was given.");
  const visitor = anonymously(await identify({ session: undefined, visitor: posted.visitorToken }));
  if (visitor.visitorId === null) throw new Error("The visitor's token is nobody's.");
  return visitor;
}

let visitors = 0;

/** A visitor who has left something here before, elsewhere. */
export async function aVisitor(elsewhere: { slug: string }): Promise<VisitorActor> {
  visitors++;
  return visitorOf(await post(elsewhere, { body: `Remark number ${visitors}.` }));
}

/** "conflict comment.gone", "invalid name=name.taken", "rate_limited"; what was promised came true: "done". */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "done";
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { reason, fields } = error.details;
    const what = reason ?? Object.entries(fields ?? {}).map(([field, why]) => `${field}=${why}`);
    return [error.code, ...(Array.isArray(what) ? what : [what])].join(" ");
  }
}
