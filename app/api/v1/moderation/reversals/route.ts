// A moderator takes one of their verdicts back.
import { printSeen } from "@/lib/domain/verdict";
import { undoVerdict } from "@/lib/services/undo-verdict";
import { api, doors } from "@/lib/web/api";
import { takeBackOperation } from "@/lib/web/contract/moderation";

const takeBack = api(takeBackOperation, async (ctx, { input }) => {
  const { events, seen, ...body } = await undoVerdict(ctx, input);
  return { body: { ...body, seen: printSeen(seen) }, events };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: takeBack });
