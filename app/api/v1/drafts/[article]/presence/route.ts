// Who has a draft open, and what was saved in it meanwhile.
import { topicsLine } from "@/lib/domain/draft";
import { heartbeat } from "@/lib/services/read-draft";
import { api, doors } from "@/lib/web/api";
import { draftPresenceOperation } from "@/lib/web/contract/drafts";

const beat = api(draftPresenceOperation, async (ctx, { params, input }) => {
  const { present, saveNumber, fields } = await heartbeat(ctx, { articleId: Number(params.article), ...input });
  return { body: { present, saveNumber, changed: fields && { ...fields, topics: topicsLine(fields.topics) } } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: beat });
