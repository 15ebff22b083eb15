// Links by which somebody without an account reads a draft. Only the hash of a link's token is kept.
import type { DraftShareView, ShareRight } from "@/lib/domain/draft-share";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

type SharePermit = Permit<"draft.share">;

const working = (revisionId: number, now: Date) => ({ revisionId, revokedAt: null, expiresAt: { gt: now } });

/** The links to a revision that work now, newest first. */
export async function listShares(
  db: Transaction,
  about: { revisionId: number; now: Date; limit: number },
): Promise<DraftShareView[]> {
  const rows = await db.draftShare.findMany({
    where: working(about.revisionId, about.now),
    select: {
      ...{ id: true, right: true, createdAt: true, expiresAt: true },
      createdBy: { select: { displayName: true, handle: true, deletedAt: true } },
    },
    orderBy: { id: "desc" },
    take: about.limit,
  });
  return rows.map(({ createdBy, ...share }) => ({
    ...share,
    createdBy: { name: createdBy.displayName, handle: createdBy.deletedAt === null ? createdBy.handle : null },
  }));
}

/** How many links to a revision work now. */
export function countShares(db: Transaction, about: { revisionId: number; now: Date }): Promise<number> {
  return db.draftShare.count({ where: working(about.revisionId, about.now) });
}

/** Writes a link. */
export function insertShare(
  db: Transaction,
  _permit: SharePermit,
  share: { revisionId: number; tokenHash: Uint8Array; right: ShareRight; createdById: number; expiresAt: Date },
): Promise<{ id: number }> {
  const tokenHash = Uint8Array.from(share.tokenHash);
  return db.draftShare.create({ data: { ...share, tokenHash }, select: { id: true } });
}

/** The revision that a link leads to, whether it works or not; null when there is no such link. */
export async function revisionOfShare(db: Transaction, id: number): Promise<number | null> {
  const row = await db.draftShare.findUnique({ where: { id }, select: { revisionId: true } });
  return row?.revisionId ?? null;
}

/** Ends a link. False when it had ended before. */
export async function endShare(
  db: Transaction,
  _permit: SharePermit,
  ending: { id: number; now: Date },
): Promise<boolean> {
  const { count } = await db.draftShare.updateMany({
    where: { id: ending.id, revokedAt: null },
    data: { revokedAt: ending.now },
  });
  return count === 1;
}

/** The link of this token, if it works now. */
export function findShare(
  db: Transaction,
  wish: { tokenHash: Uint8Array; now: Date },
): Promise<{ id: number; revisionId: number; right: ShareRight; expiresAt: Date } | null> {
  return db.draftShare.findFirst({
    where: { tokenHash: Uint8Array.from(wish.tokenHash), revokedAt: null, expiresAt: { gt: wish.now } },
    select: { id: true, revisionId: true, right: true, expiresAt: true },
  });
}
