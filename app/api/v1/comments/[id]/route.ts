// One comment: read it, change it, empty it.
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { readComment } from "@/lib/services/read-comment";
import { api, doors } from "@/lib/web/api";
import { toCommentPageJson } from "@/lib/web/contract/comment-json";
import { deleteCommentOperation, editCommentOperation, readCommentOperation } from "@/lib/web/contract/comments";

const read = api(readCommentOperation, async (ctx, { params, sent }) => {
  const page = await readComment(ctx, { id: params.id, editToken: sent["edit-token"] });
  return { body: toCommentPageJson(page, ctx.ownOrigin) };
});

const edit = api(editCommentOperation, async (ctx, { params, input, sent }) => {
  const editToken = input.editToken ?? sent["edit-token"];
  const changed = await editComment(ctx, { id: params.id, body: input.body, editToken });
  return { body: { id: changed.id, status: changed.status }, events: changed.events };
});

const empty = api(deleteCommentOperation, async (ctx, { params, sent }) => {
  const { events } = await deleteComment(ctx, { id: params.id, editToken: sent["edit-token"] });
  return { body: undefined, events };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: read, PATCH: edit, DELETE: empty });
