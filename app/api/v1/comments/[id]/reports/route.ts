// Telling the moderators about a comment.
import { reportComment } from "@/lib/services/report-comment";
import { api, doors } from "@/lib/web/api";
import { reportCommentOperation } from "@/lib/web/contract/comments";

const report = api(reportCommentOperation, async (ctx, { params, input }) => {
  const { events, visitorToken } = await reportComment(ctx, { id: params.id, reason: input.reason, note: input.note });
  return { body: { status: "open" }, events, visitorToken };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: report });
