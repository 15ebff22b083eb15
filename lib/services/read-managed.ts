// An article for those who manage it: its revisions, its editorial record, who is named on it and why.
import { openStates } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import { authorize } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { type RecordedAction, readEditorialRecord } from "@/lib/store/editorial-log";
import { findManaged, type ManagedArticle, type ManagedRevision } from "@/lib/store/managed-articles";

export interface ManagedView extends ManagedArticle {
  /** Of the newest text, or of the one that readers see. */
  title: string;
  /** Readers see it. */
  live: ManagedRevision | null;
  /** On its way to readers. */
  open: ManagedRevision | null;
  /** Newest first. */
  record: RecordedAction[];
}

/** Revisions and lines of the record on the page: years of an article's life. */
const shown = 200;

/**
 * An article with all that was done to it.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function readManaged(ctx: Context, input: { articleId: number }): Promise<ManagedView> {
  authorize(ctx.actor, "article.manage");
  const db = database();
  const [article, record] = await Promise.all([
    findManaged(db, { articleId: input.articleId, revisions: shown }),
    readEditorialRecord(db, { articleId: input.articleId, limit: shown }),
  ]);
  if (!article) throw new DomainError("not_found");
  const live = article.revisions.find(({ id }) => id === article.publishedRevisionId) ?? null;
  const open = article.revisions.find(({ state }) => openStates.some((one) => one === state)) ?? null;
  return { ...article, title: (live ?? article.revisions[0])?.title ?? "", live, open, record };
}
