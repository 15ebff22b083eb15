// The discussion of an article: read it, add to it.
import { anonymously } from "@/lib/domain/actor";
import { listComments } from "@/lib/services/list-comments";
import { postComment } from "@/lib/services/post-comment";
import { api, doors } from "@/lib/web/api";
import { requireMember } from "@/lib/web/composer";
import { toCommentJson } from "@/lib/web/contract/comment-json";
import { listCommentsOperation, postCommentOperation } from "@/lib/web/contract/comments";
import { keys } from "@/lib/web/purge";

const list = api(listCommentsOperation, async (ctx, { params, input }) => {
  const { sort, cursor, limit } = input;
  const thread = await listComments(ctx, { slug: params.slug, sort, after: cursor, limit });
  if ("moved" in thread) return { movedTo: `/api/v1/articles/${thread.moved}/comments` };
  return {
    body: {
      article: thread.slug,
      commentCount: thread.commentCount,
      locked: thread.locked,
      items: thread.comments.map((comment) => toCommentJson(comment, ctx.ownOrigin)),
      nextCursor: thread.next === null ? null : String(thread.next),
    },
    keys: [keys.article(thread.articleId)],
  };
});

const post = api(postCommentOperation, async (ctx, { params, input, sent }) => {
  const { body, parentId, name, anonymous, as, website, age, proof } = input;
  if (as !== undefined && !anonymous) requireMember(ctx.actor, as);
  const poster = anonymous ? { ...ctx, actor: anonymously(ctx.actor) } : ctx;
  const { id, url, status, editToken, events, visitorToken } = await postComment(poster, {
    slug: params.slug,
    parentId: parentId ?? null,
    body,
    name: name ?? undefined,
    key: sent["idempotency-key"],
    honeypot: website,
    ageMs: age,
    proof,
  });
  return {
    body: { id, url: `${ctx.ownOrigin}${url}`, status, editToken },
    location: `/api/v1/comments/${id}`,
    events,
    visitorToken,
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: list, POST: post });
