// A moderator's verdict on one comment.
import { reasonOf } from "@/lib/domain/verdict-form";
import { moderateComment } from "@/lib/services/moderate-comment";
import { api, doors } from "@/lib/web/api";
import { judgeCommentOperation } from "@/lib/web/contract/moderation";

const judge = api(judgeCommentOperation, async (ctx, { params, input }) => {
  const { verdict, seen, note } = input;
  const { events, ...body } = await moderateComment(ctx, {
    id: params.id,
    verdict,
    seen,
    note,
    reason: reasonOf(input),
  });
  return { body, events };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: judge });
