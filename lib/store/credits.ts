// Who is named on an article: reading what the rule of credits asks about, and writing what it answers.
import { z } from "zod";
import type { Credited, Credits } from "@/lib/domain/credits";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

/** Who is named as writer and as editor now, in order. */
export async function readCredits(db: Transaction, articleId: number): Promise<Credits> {
  const rows = await db.credit.findMany({
    where: { articleId, kind: { in: ["WRITTEN", "EDITED"] } },
    select: { kind: true, userId: true, name: true },
    orderBy: { position: "asc" },
  });
  const those = (wanted: string): Credited[] =>
    rows.filter(({ kind }) => kind === wanted).map(({ userId, name }) => ({ userId, name }));
  return { written: those("WRITTEN"), edited: those("EDITED") };
}

/** Who began the texts of an article that readers have seen, oldest first; null where nobody with an account did. */
export async function authorsOf(db: Transaction, articleId: number): Promise<(number | null)[]> {
  const rows = await db.revision.findMany({
    where: { articleId, state: { in: ["PUBLISHED", "SUPERSEDED"] } },
    select: { authorId: true },
    orderBy: { number: "asc" },
  });
  return rows.map(({ authorId }) => authorId);
}

/** Names these people on an article and nobody else; who suggested something stays named. */
export async function writeCredits(
  db: Transaction,
  _permit: Permit<"revision.review" | "revision.publishDue" | "article.manage">,
  change: { articleId: number; credits: Credits },
): Promise<void> {
  const { articleId, credits } = change;
  await db.credit.deleteMany({ where: { articleId, kind: { in: ["WRITTEN", "EDITED"] } } });
  const rows = (kind: "WRITTEN" | "EDITED", people: readonly Credited[]) =>
    people.map(({ userId, name }, nth) => ({ articleId, kind, position: nth + 1, userId, name }));
  await db.credit.createMany({ data: [...rows("WRITTEN", credits.written), ...rows("EDITED", credits.edited)] });
}

/** Says whether an editor has chosen who is named, so that publishing leaves it. */
export async function markCreditsSet(
  db: Transaction,
  _permit: Permit<"article.manage">,
  mark: { articleId: number; set: boolean },
): Promise<void> {
  await db.article.update({ where: { id: mark.articleId }, data: { creditsSet: mark.set }, select: { id: true } });
}

const people = z.array(z.object({ userId: z.int().nullable(), name: z.string().nullable() }));
const kept = z.object({ before: z.object({ written: people, edited: people }) });

/** Who was named before an editor last began to choose; whoever is named now where the record does not tell. */
export async function creditsBeforeSet(db: Transaction, articleId: number): Promise<Credits> {
  const rows = await db.$queryRaw<{ detail: unknown }[]>`
    SELECT detail FROM editorial_actions
    WHERE article_id = ${articleId} AND kind = 'SET_CREDITS' AND (detail->>'chosenBefore')::boolean IS FALSE
    ORDER BY id DESC LIMIT 1`;
  const line = kept.safeParse(rows[0]?.detail);
  return line.success ? line.data.before : readCredits(db, articleId);
}
