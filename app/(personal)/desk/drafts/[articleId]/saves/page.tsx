// Earlier saves of a draft, to find a lost text.
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { DeskPage } from "@/components/desk/desk-page";
import { SaveList } from "@/components/desk/saves";
import { readSaves } from "@/lib/services/read-draft";
import { idOf } from "@/lib/web/desk-params";

export const metadata = { title: "Earlier saves" };

export default page(async ({ params }: { params: Promise<{ articleId: string }> }) => {
  const articleId = idOf((await params).articleId);
  const ctx = await onlyMembers(`/desk/drafts/${articleId}/saves`);
  const { title, saves } = await readSaves(ctx, { articleId });
  return (
    <DeskPage actor={ctx.actor} title="Earlier saves" path="/desk/drafts" lead={title}>
      <p>
        The newest are all here; of older ones, one in ten minutes. <a href={`/desk/drafts/${articleId}`}>Back to it</a>
      </p>
      <SaveList articleId={articleId} saves={saves} />
    </DeskPage>
  );
});
