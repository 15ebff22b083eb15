// One article for its editors: every revision, who is named, what was done and why, and what can be done.
import { z } from "zod";
import { computeCredits, revert, setCredits, unpublish } from "@/app/(personal)/desk/articles/[articleId]/actions";
import { reviseArticle } from "@/app/(personal)/desk/drafts/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { Sheet } from "@/components/account/sheet";
import { DeskPage } from "@/components/desk/desk-page";
import { EditorialRecord } from "@/components/desk/editorial-record";
import { ComputeCreditsForm, CreditsForm, UnpublishForm } from "@/components/desk/manage-forms";
import { ManagedRevisions } from "@/components/desk/managed-revisions";
import { People } from "@/components/ui/people";
import { DomainError } from "@/lib/domain/errors";
import { type ManagedView, readManaged } from "@/lib/services/read-managed";
import { creditLines } from "@/lib/ui/credit-lines";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Article" };

const params = z.object({
  articleId: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});

const news = {
  unpublished: "Readers do not find it any more.",
  named: "These people are named now, until you take it back.",
  computed: "The article names those who gave it its words again.",
};

interface Props {
  params: Promise<{ articleId: string }>;
  searchParams: SearchParams;
}

export default page(async ({ params: given, searchParams }: Props) => {
  const parsed = params.safeParse(await given);
  if (!parsed.success) throw new DomainError("not_found");
  const { articleId } = parsed.data;
  const ctx = await onlyMembers(`/desk/articles/${articleId}`);
  const article = await readManaged(ctx, { articleId });
  const late = formStateOf("revert");
  return (
    <DeskPage
      actor={ctx.actor}
      title={article.title}
      path="/desk/review"
      lead={<Lead article={article} />}
      news={late ? undefined : await newsOf(searchParams, news)}
    >
      {late && (
        <p className="form-message" role="alert" data-kind="error">
          {late.message}
        </p>
      )}
      <Writing article={article} />
      <Credits article={article} />
      <section aria-labelledby="revisions-heading">
        <h2 id="revisions-heading">Revisions</h2>
        <ManagedRevisions revisions={article.revisions} revert={article.open ? undefined : revert} />
      </section>
      {article.live && (
        <section aria-labelledby="unpublish-heading">
          <h2 id="unpublish-heading">Readers</h2>
          <UnpublishForm
            articleId={articleId}
            revisionId={article.live.id}
            action={unpublish}
            state={formStateOf("unpublish")}
          />
        </section>
      )}
      <section aria-labelledby="record-heading">
        <h2 id="record-heading">What happened</h2>
        <EditorialRecord lines={article.record} numbered />
      </section>
    </DeskPage>
  );
});

function Lead({ article: { live, slug } }: { article: ManagedView }) {
  if (!live) return "Readers do not see this article.";
  return (
    <>
      Readers see <a href={`/articles/${slug}`}>revision {live.number}</a>. Everybody can look at its{" "}
      <a href={`/articles/${slug}/history`}>public history</a>.
    </>
  );
}

function Writing({ article }: { article: ManagedView }) {
  if (article.open) {
    return (
      <p>
        <a href={`/desk/drafts/${article.id}`}>Revision {article.open.number}</a> is on its way to readers.
      </p>
    );
  }
  return (
    <Sheet
      label="Begin a new revision"
      action={reviseArticle}
      state={formStateOf("revise")}
      button="Begin a new revision"
    >
      <input type="hidden" name="article" defaultValue={article.id} />
    </Sheet>
  );
}

function Credits({ article }: { article: ManagedView }) {
  const written = article.credits.filter(({ kind }) => kind === "WRITTEN");
  const edited = article.credits.filter(({ kind }) => kind === "EDITED");
  const form = { articleId: article.id };
  return (
    <section aria-labelledby="credits-heading">
      <h2 id="credits-heading">Who is named</h2>
      <dl className="credits">
        <div>
          <dt>Written By</dt>
          <dd>{written.length > 0 ? <People people={written} /> : "Nobody yet"}</dd>
        </div>
        <div>
          <dt>Edited By</dt>
          <dd>{edited.length > 0 ? <People people={edited} /> : "Nobody yet"}</dd>
        </div>
      </dl>
      <p className="house">
        {article.creditsSet
          ? "Chosen by an editor."
          : "Found by whose words are left in the text, each time a revision is published."}
      </p>
      <CreditsForm
        {...form}
        action={setCredits}
        state={formStateOf("credits")}
        written={creditLines(written)}
        edited={creditLines(edited)}
      />
      {article.creditsSet && (
        <ComputeCreditsForm {...form} action={computeCredits} state={formStateOf("computeCredits")} />
      )}
    </section>
  );
}
