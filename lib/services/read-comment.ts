// One comment with what it answers, what answers it, and what this person may do with it.
import type { OwnAppeal } from "@/lib/domain/appeal";
import { buildTree, type CommentNode } from "@/lib/domain/comment-tree";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { can } from "@/lib/domain/permissions";
import { moderationSettingsOf } from "@/lib/domain/settings";
import { fitsOnePage, pageOfRoot, type SubThreadView } from "@/lib/domain/thread";
import { isShut, termsOf } from "@/lib/domain/thread-terms";
import type { Context } from "@/lib/services/context";
import { editTokenMatches } from "@/lib/services/tokens";
import { lastRemovalOf } from "@/lib/store/appeals";
import { database } from "@/lib/store/client";
import { holdReasonOf } from "@/lib/store/moderation-log";
import { readSettings } from "@/lib/store/settings";
import { ancestorsOf, findComment, publicHistoryOf, repliesUnder } from "@/lib/store/threads";
import type { SafeHtml } from "@/lib/text/markdown";

export interface ReadComment {
  id: string;
  /** Place after which the direct replies go on. */
  after?: number;
  editToken?: string;
}

export interface CommentPage {
  subThread: SubThreadView;
  may: { reply: boolean; edit: boolean; delete: boolean; report: boolean; moderate: boolean };
  /** A moderator pinned it above the discussion. */
  pinned: boolean;
  /** Markdown, for the one who wrote it. */
  source: string | null;
  /** Why it, or an edit of it, waits; for the one who wrote it. */
  heldReason: string | null;
  history: { number: number; html: SafeHtml; createdAt: Date }[];
  /** That a moderator removed it, for the one who wrote it: the text is theirs still, and they may object once. */
  removal: { reason: string; at: Date; html: SafeHtml; appeal: OwnAppeal | null } | null;
}

/**
 * @throws DomainError `not_found` also when it waits for a moderator and somebody else asks
 */
export async function readComment(ctx: Context, input: ReadComment): Promise<CommentPage> {
  const db = database();
  const found = await findComment(db, input.id);
  if (!found) throw new DomainError("not_found");
  const own = {
    userId: found.userId,
    visitorId: found.visitorId,
    tokenMatches: editTokenMatches(input.id, input.editToken),
  };
  const status = found.view.status;
  const waits = status === "PENDING" || status === "SPAM";
  const mine = can(ctx.actor, "comment.readHeld", own);
  // What waits and was never seen does not exist for others; what was seen keeps its place, and its replies.
  if (waits && !mine && found.view.place === 0) throw new DomainError("not_found");
  // Its author sees what is held as waiting, whatever the reason.
  const view = mine ? found.revealed() : found.view;
  const [ancestors, replies, history, heldReason, removal, settings] = await Promise.all([
    ancestorsOf(db, view, limits.ancestorsShown),
    repliesUnder(db, input.id, input.after ?? 0),
    view.editedAt ? publicHistoryOf(db, input.id) : [],
    mine && (waits || found.pendingBody !== null) ? holdReasonOf(db, input.id) : null,
    mine && status === "REMOVED" ? lastRemovalOf(db, BigInt(input.id)) : null,
    readSettings(db),
  ]);
  const terms = termsOf(found.set, moderationSettingsOf(settings), ctx.now);
  const shut = isShut(terms);
  const [node] = buildTree([{ ...view, parentId: null, place: 0 }, ...replies.comments]);
  if (!node) throw new DomainError("not_found");
  const first = ancestors[0];
  const second = ancestors[1];
  return {
    subThread: {
      article: { slug: found.article.slug, title: found.article.title },
      within:
        found.rootPlace === null
          ? null
          : {
              page: pageOfRoot(found.rootPlaces, "best", found.rootPlace),
              id: fitsOnePage(found) ? view.id : (view.rootId ?? view.id),
            },
      locked: terms.locked,
      closed: terms.closed,
      ancestors,
      ancestorsLeftOut: first && second ? second.depth - first.depth - 1 : 0,
      node: withView(node, view, ancestors.at(-1)),
      more: replies.more === null ? null : String(replies.more),
    },
    may: {
      reply: status === "PUBLISHED" && !shut && view.depth < limits.threadDepth,
      edit: (status === "PUBLISHED" || status === "PENDING") && !shut && can(ctx.actor, "comment.edit", own),
      delete: (status === "PUBLISHED" || status === "PENDING") && can(ctx.actor, "comment.delete", own),
      report: status === "PUBLISHED" && !mine && can(ctx.actor, "comment.report", own),
      moderate: can(ctx.actor, "thread.manage"),
    },
    pinned: found.pinned,
    source: mine && (status === "PUBLISHED" || status === "PENDING") ? (found.pendingBody ?? found.body) : null,
    heldReason,
    history: history.map((entry) => ({ ...entry, html: entry.html as SafeHtml })),
    removal: removal && { reason: removal.reason, at: removal.at, html: found.html, appeal: removal.appeal },
  };
}

/** The tree was built with the comment as its root; here it gets its true parent and place back. */
function withView(
  node: CommentNode,
  view: CommentPage["subThread"]["node"]["comment"],
  parent: typeof view | undefined,
) {
  return {
    ...node,
    comment: view,
    inReplyTo: parent ? { id: parent.id, name: parent.author.name } : null,
  };
}
