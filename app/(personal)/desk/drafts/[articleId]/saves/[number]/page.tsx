// One earlier save of a draft: its text, what it differs in from the present one, and the way to bring it back.
import { restoreSave } from "@/app/(personal)/desk/drafts/[articleId]/saves/[number]/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { DeskPage } from "@/components/desk/desk-page";
import { OneSave } from "@/components/desk/saves";
import { compareMarkdown } from "@/lib/services/compare-texts";
import { readSave } from "@/lib/services/read-draft";
import { idOf } from "@/lib/web/desk-params";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "An earlier save" };

export default page(async ({ params }: { params: Promise<{ articleId: string; number: string }> }) => {
  const parts = await params;
  const [articleId, number] = [idOf(parts.articleId), idOf(parts.number)];
  const ctx = await onlyMembers(`/desk/drafts/${articleId}/saves/${number}`);
  const save = await readSave(ctx, { articleId, number });
  const since = await compareMarkdown(save.fields.body, save.current.fields.body);
  return (
    <DeskPage actor={ctx.actor} title={`Save ${number}`} path="/desk/drafts" lead={save.current.fields.title}>
      <OneSave
        articleId={articleId}
        number={number}
        save={save}
        since={since}
        action={restoreSave}
        state={formStateOf("restore")}
      />
    </DeskPage>
  );
});
