// The moderators' queue: what waits for a decision, with all that one needs to decide.
import { z } from "zod";
import { judge, judgeSeveral, takeBack } from "@/app/(personal)/desk/moderation/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import type { SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { Queue } from "@/components/moderation/queue";
import { TamedRules } from "@/components/moderation/tamed-rules";
import type { Refusal } from "@/components/moderation/use-queue";
import { commentIdSchema } from "@/lib/domain/comment";
import { commentTabs, parsePersonKey } from "@/lib/domain/moderation-queue";
import { bulkVerdicts, verdicts } from "@/lib/domain/verdict";
import { claimItem } from "@/lib/services/claim-item";
import { readQueue } from "@/lib/services/read-moderation";
import { readTamedRules } from "@/lib/services/screening-rules";
import type { FormState } from "@/lib/ui/form-state";
import { bulkNews, filterWords, kindLabels, verdictLabels } from "@/lib/ui/moderation-words";
import { formStateOf } from "@/lib/web/form-state";
import { personalWithScripts } from "@/lib/web/respond";

export const metadata = { title: "Moderation" };

const id = commentIdSchema.optional().catch(undefined);
const count = z.coerce.number().int().min(0).max(1_000).catch(0).default(0);

const query = z.object({
  tab: z.enum(commentTabs).catch("held"),
  item: id,
  like: id,
  by: z
    .string()
    .refine((key) => parsePersonKey(key) !== undefined)
    .optional()
    .catch(undefined),
  after: z.string().max(40).optional().catch(undefined),
  news: z
    .enum([...verdicts, "undone"])
    .optional()
    .catch(undefined),
  did: z.enum(bulkVerdicts).optional().catch(undefined),
  done: count,
});

/** The list as it is asked for. */
function pathOf(wish: { tab: string; by?: string; like?: string; after?: string }): string {
  const given = Object.entries({ tab: wish.tab, by: wish.by, like: wish.like, after: wish.after });
  const text = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `/desk/moderation?${text}`;
}

/** What a verdict on several left as it is, by id. */
function leftOut(state: FormState | undefined): [string, Refusal][] {
  const told = Object.entries(state?.errors ?? {}).filter(([id]) => commentIdSchema.safeParse(id).success);
  return told.map(([id, sentence]) => [id, { name: state?.values[id] ?? "", sentence }]);
}

/** What was written into a removal that was refused. */
function writtenRemoval(state: FormState | undefined) {
  const id = commentIdSchema.safeParse(state?.values.id);
  if (!id.success || state?.values.verdict !== "remove") return undefined;
  const { reason, words, note } = state.values;
  return { id: id.data, reason, words, note };
}

/** What was ticked for a verdict on several that was refused as a whole, and the reason chosen. */
function chosenBefore(state: FormState | undefined) {
  if (!state || leftOut(state).length > 0) return {};
  const ids = Object.keys(state.values).flatMap((name) =>
    name.startsWith("pick-") ? [name.slice("pick-".length)] : [],
  );
  return { chosen: ids, reason: state.values.reason };
}

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const wish = query.parse(await searchParams);
  const ctx = await onlyMembers("/desk/moderation");
  personalWithScripts();
  const state = formStateOf("verdict");
  const bulk = formStateOf("bulk");
  const kept = { removal: writtenRemoval(state), ...chosenBefore(bulk) };
  // What somebody wrote is before them again, also when its item has left the list meanwhile.
  const asked = kept.removal?.id ?? wish.item;
  const [view, tamed] = await Promise.all([readQueue(ctx, { ...wish, open: asked }), readTamedRules(ctx)]);
  const openId = view.items.find(({ id }) => id === asked)?.id ?? view.apart?.id ?? null;
  const shown = openId ?? view.items[0]?.id;
  // To look at an item is to have it before one: others are told, without scripts, too.
  if (shown) await claimItem(ctx, { id: shown, shown: [] });
  const refused = leftOut(bulk);
  const removal = state?.values.verdict === "remove" ? state.errors.reason : undefined;
  // What the address tells is of the deed before the one that was just refused.
  const failed = state ?? bulk ?? formStateOf("undo");
  const news = failed
    ? null
    : wish.news === "undone"
      ? "Taken back."
      : wish.news
        ? `${verdictLabels[wish.news].done}.`
        : null;
  return (
    <DeskPage actor={ctx.actor} title="Moderation" titleForTheEar path="/desk/moderation" wide>
      <TamedRules rules={tamed} />
      <Queue
        // Drawn anew, it is another list: nothing of the one before is kept.
        key={ctx.now.getTime()}
        {...view}
        path={pathOf(wish)}
        nextPath={view.next === null ? null : pathOf({ ...wish, after: view.next })}
        filter={filterWords(wish, view.people)}
        openId={openId}
        now={ctx.now}
        undoable={view.undoable.map(({ kind, ...line }) => ({ ...line, deed: kindLabels.get(kind) ?? "Decided" }))}
        news={refused.length > 0 ? (bulk?.message ?? null) : wish.did && !failed ? bulkNews(wish.did, wish.done) : news}
        refused={refused}
        errors={{
          judge: removal ? undefined : (state?.message ?? formStateOf("undo")?.message),
          removal,
          bulk: refused.length > 0 ? undefined : bulk?.message,
        }}
        kept={kept}
        actions={{ judge, bulk: judgeSeveral, undo: takeBack }}
      />
    </DeskPage>
  );
});
