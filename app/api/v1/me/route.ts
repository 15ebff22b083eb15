// Who asks, and what is theirs here. Never stored.
import { readMe } from "@/lib/services/read-me";
import { api, doors } from "@/lib/web/api";
import { readMeOperation } from "@/lib/web/contract/comments";

const read = api(readMeOperation, async (ctx, { input }) => {
  const { actor, may, claimable, comments } = await readMe(ctx, { slug: input.article });
  return { body: { actor, may, claimable, comments } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: read });
