// One draft: write in it, decide about conflicts, or read it while others have it in hand; for an article without one, begin one.
import { saveDraft } from "@/app/(personal)/desk/drafts/[articleId]/actions";
import { endShare, makeShare } from "@/app/(personal)/desk/drafts/[articleId]/share-actions";
import { reviseArticle } from "@/app/(personal)/desk/drafts/actions";
import { addNote, settleNote } from "@/app/(personal)/desk/review/actions";
import { enhancements } from "@/app/enhancements";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { Sheet } from "@/components/account/sheet";
import { ClosedDraft, DraftFacts, KeptText } from "@/components/desk/closed-draft";
import { ConflictForm } from "@/components/desk/conflict-form";
import { DeskPage } from "@/components/desk/desk-page";
import { AskedChanges, DraftAside } from "@/components/desk/draft-aside";
import { DraftForm } from "@/components/desk/draft-form";
import { DraftNotes } from "@/components/desk/draft-notes";
import { DraftShares } from "@/components/desk/draft-shares";
import { compareMarkdown } from "@/lib/services/compare-texts";
import { type DraftView, type NoDraft, readDraft } from "@/lib/services/read-draft";
import { readRevisionAside } from "@/lib/services/read-review";
import { renderArticle } from "@/lib/services/render-article";
import { readConflict } from "@/lib/services/save-draft";
import { readShares } from "@/lib/services/share-draft";
import type { FormState } from "@/lib/ui/form-state";
import { idOf } from "@/lib/web/desk-params";
import { draftFormSchema, saveOf } from "@/lib/web/draft-input";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";

export const metadata = { title: "Draft" };

const news = {
  unshared: "That link opens nothing any more.",
  saved: "Saved.",
  restored: "The earlier text is back. The one before it is among the saves, too.",
};

interface Props {
  params: Promise<{ articleId: string }>;
  searchParams: SearchParams;
}

/** What is to be decided about the form that was just refused; null when it is something else. */
async function conflictOf(state: FormState | undefined) {
  const sent = state && draftFormSchema.safeParse(state.values);
  if (!state || !sent?.success || state.preview) return null;
  const conflict = await readConflict(await contextOf(), saveOf(sent.data));
  if (!conflict) return null;
  const changes = conflict.merged.conflicts.map(async ({ base, ours, theirs }) => ({
    ours: await compareMarkdown(base, ours),
    theirs: await compareMarkdown(base, theirs),
  }));
  return { conflict, changes: await Promise.all(changes), state };
}

export default page(async ({ params, searchParams }: Props) => {
  const articleId = idOf((await params).articleId);
  const ctx = await onlyMembers(`/desk/drafts/${articleId}`);
  const draft = await readDraft(ctx, { articleId });
  const frame = { actor: ctx.actor, path: "/desk/drafts" } as const;
  if (draft.kind === "none") {
    return (
      <DeskPage {...frame} title={draft.title}>
        <Begin draft={draft} />
      </DeskPage>
    );
  }
  const state = formStateOf("draft");
  const asked = await conflictOf(state);
  if (asked) {
    return (
      <DeskPage {...frame} title="Two changes in one place" lead={draft.fields.title}>
        <ConflictForm articleId={articleId} revisionId={draft.revisionId} action={saveDraft} {...asked} />
      </DeskPage>
    );
  }
  return (
    <DeskPage
      {...frame}
      title={draft.fields.title}
      lead={<Lead draft={draft} />}
      news={state ? undefined : await newsOf(searchParams, news)}
      titleForTheEar={draft.may.save}
      wide={draft.may.save}
    >
      <Writing draft={draft} state={state} />
    </DeskPage>
  );
});

function Lead({ draft }: { draft: DraftView }) {
  return (
    <>
      <DraftFacts state={draft.state} writers={draft.writers} />
      {draft.livePath && (
        <>
          . Readers see <a href={draft.livePath}>the published text</a> meanwhile
        </>
      )}
    </>
  );
}

async function Writing({ draft, state }: { draft: DraftView; state?: FormState }) {
  const ctx = await contextOf();
  const { revisionId } = draft;
  const [{ html }, { notes, record, may }, shares] = await Promise.all([
    renderArticle(ctx, draft.fields.body),
    readRevisionAside(ctx, { revisionId }),
    readShares(ctx, { revisionId }),
  ]);
  const path = `/desk/review/${revisionId}`;
  const aside = (
    <DraftAside revisionId={revisionId} record={record}>
      <DraftNotes
        notes={notes}
        revisionId={revisionId}
        back={`/desk/drafts/${draft.articleId}`}
        lineHref={(line) => `${path}?view=source#line-${line}`}
        actions={may.note ? { add: addNote, settle: settleNote } : undefined}
        state={formStateOf("note")}
      />
      {shares && (
        <DraftShares
          revisionId={revisionId}
          shares={shares}
          actions={{ share: makeShare, takeBack: endShare }}
          state={formStateOf("share")}
        />
      )}
    </DraftAside>
  );
  if (draft.may.save) {
    const form = { draft, action: saveDraft, state, html, script: enhancements()?.desk, maySubmit: draft.may.submit };
    return (
      <>
        <AskedChanges record={record} />
        <DraftForm {...form} />
        {aside}
      </>
    );
  }
  return (
    <>
      {state && <KeptText title={state.values.title} body={state.values.body ?? ""} message={state.message} />}
      <ClosedDraft html={html} />
      {aside}
    </>
  );
}

function Begin({ draft }: { draft: NoDraft }) {
  const state = formStateOf("revise");
  const late = formStateOf("draft");
  return (
    <>
      {late && <KeptText title={late.values.title} body={late.values.body ?? ""} message={late.message} />}
      <p>
        {draft.livePath ? (
          <>
            Nobody is writing a new text of <a href={draft.livePath}>this article</a>. Readers go on seeing the present
            one until a new one is published.
          </>
        ) : (
          "Nobody is writing this article just now. Its last text is kept, and can be taken up again."
        )}
      </p>
      <Sheet
        label="Begin a new revision"
        action={reviseArticle}
        state={state}
        button={draft.livePath ? "Begin a new revision" : "Take it up again"}
      >
        <input type="hidden" name="article" defaultValue={draft.articleId} />
      </Sheet>
    </>
  );
}
