// Who has which item of the queue before them.
import { claimItem } from "@/lib/services/claim-item";
import { api, doors } from "@/lib/web/api";
import { claimItemOperation } from "@/lib/web/contract/moderation";

const claim = api(claimItemOperation, async (ctx, { input }) => ({ body: await claimItem(ctx, input) }));

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: claim });
