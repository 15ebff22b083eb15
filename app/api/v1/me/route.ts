// Who asks, and what is theirs here. Never stored.
import { readMe } from "@/lib/services/read-me";
import { api, doors } from "@/lib/web/api";
import { readMeOperation } from "@/lib/web/contract/comments";
import { standingJson } from "@/lib/web/contract/standing-json";

const read = api(readMeOperation, async (ctx, { input }) => {
  const { standing, ...me } = await readMe(ctx, { slug: input.article });
  return { body: { ...me, standing: standing.map(standingJson) } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: read });
