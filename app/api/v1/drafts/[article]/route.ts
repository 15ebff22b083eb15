// Saving a draft from the editor.
import { type DraftFields, topicsLine } from "@/lib/domain/draft";
import { saveDraft } from "@/lib/services/save-draft";
import { api, doors } from "@/lib/web/api";
import { saveDraftOperation } from "@/lib/web/contract/drafts";

/** What is not as it was sent, each field as its form shows it; null when nothing is. */
function changedFields(sent: DraftFields, now: DraftFields): Record<string, string> | null {
  const names = ["slug", "summary", "body", "copyrightHolder", "licence"] as const;
  const entries = names.filter((name) => sent[name] !== now[name]).map((name) => [name, now[name]]);
  // A title left empty for a moment is being typed anew.
  if (sent.title !== "" && sent.title !== now.title) entries.push(["title", now.title]);
  if (topicsLine(sent.topics) !== topicsLine(now.topics)) entries.push(["topics", topicsLine(now.topics)]);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

const save = api(saveDraftOperation, async (ctx, { input }) => {
  const { revision: revisionId, saveNumber, ...fields } = input;
  const saved = await saveDraft(ctx, { revisionId, saveNumber, fields });
  const changed = changedFields(fields, saved.fields);
  const { freeSlug, present } = saved;
  return { body: { saveNumber: saved.saveNumber, savedAt: saved.savedAt.toISOString(), changed, freeSlug, present } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ PATCH: save });
