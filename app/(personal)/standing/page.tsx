// What moderators have laid on whoever asks, with or without an account: what, why and until when; and what became of their comments.
import { acknowledge } from "@/app/(personal)/standing/actions";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { OwnTroubles } from "@/components/moderation/own-troubles";
import { Standing } from "@/components/moderation/standing";
import { readOwnTroubles } from "@/lib/services/appeal-removal";
import { readStanding } from "@/lib/services/standing";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";

export const metadata = { title: "Your standing" };

const news = { read: "Thank you. You can post again." };

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  personal();
  const ctx = await contextOf();
  const troubles = await readOwnTroubles(ctx);
  return (
    <Standing
      entries={await readStanding(ctx)}
      member={ctx.actor.kind === "member"}
      acknowledge={acknowledge}
      state={formStateOf("acknowledge")}
      news={await newsOf(searchParams, news)}
    >
      <OwnTroubles waiting={troubles.waiting} removed={troubles.removed} />
    </Standing>
  );
});
