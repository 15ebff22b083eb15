// Getting a lost text back: an earlier save becomes the newest one. The one before it stays among the saves.
import type { Context } from "@/lib/services/context";
import { readSave } from "@/lib/services/read-draft";
import { saveDraft } from "@/lib/services/save-draft";

/**
 * Brings the text of save `number` back.
 * @param input.seen the save that was the newest when they looked: what came since is merged, not lost
 * @throws DomainError `not_found`, `forbidden`, `conflict`
 */
export async function restoreSave(
  ctx: Context,
  input: { articleId: number; number: number; seen: number },
): Promise<void> {
  const { fields, current } = await readSave(ctx, input);
  await saveDraft(ctx, { revisionId: current.revisionId, saveNumber: input.seen, fields });
}
