// Appeals that wait for another moderator than the one who removed the comment.
import { decideAppeal } from "@/app/(personal)/desk/moderation/appeals/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { Appeals } from "@/components/moderation/appeals";
import { QueueTabs } from "@/components/moderation/queue-tabs";
import { readAppeals } from "@/lib/services/decide-appeal";
import { countQueue } from "@/lib/services/read-moderation";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Appeals" };

const news = {
  granted: "Granted. The comment can be read again, and its author is told.",
  denied: "Denied. Its author is told why.",
};

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/desk/moderation/appeals");
  const appeals = await readAppeals(ctx);
  const counts = await countQueue(ctx);
  return (
    <DeskPage
      actor={ctx.actor}
      title="Appeals"
      path="/desk/moderation"
      lead="Oldest first. Whoever removed a comment does not decide about it a second time."
      news={await newsOf(searchParams, news)}
    >
      {counts && <QueueTabs tab="appeals" counts={counts} />}
      <Appeals appeals={appeals} action={decideAppeal} state={formStateOf("appeal")} />
    </DeskPage>
  );
});
