// One text on its way to readers: what it changes, what was said about it, and the decision.
import { z } from "zod";
import {
  addNote,
  publish,
  requestChanges,
  schedule,
  settleNote,
  takeUp,
  withdraw,
} from "@/app/(personal)/desk/review/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { Sheet } from "@/components/account/sheet";
import { ChangedDetails } from "@/components/desk/changed-details";
import { Decision } from "@/components/desk/decision";
import { DeskPage } from "@/components/desk/desk-page";
import { DraftNotes } from "@/components/desk/draft-notes";
import { EditorialRecord } from "@/components/desk/editorial-record";
import { LateWords } from "@/components/desk/late-words";
import { ReviewFacts } from "@/components/desk/review-facts";
import { type ReviewContent, type ReviewKind, ReviewText, reviewViews } from "@/components/desk/review-text";
import { changedDetails } from "@/lib/domain/changed-details";
import { DomainError } from "@/lib/domain/errors";
import { localTimeOf } from "@/lib/domain/local-time";
import { can } from "@/lib/domain/permissions";
import { compareTexts } from "@/lib/services/compare-texts";
import { type ReviewView, readReview } from "@/lib/services/read-review";
import { readSite } from "@/lib/services/read-site";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Review" };

const news = {
  submitted: "It is handed in. An editor will read it.",
  sentBack: "It is sent back, and its writers know why.",
  published: "It is published. Readers see it now.",
  scheduled: "The day is set.",
  withdrawn: "It is withdrawn. Its text is kept.",
};

const params = z.object({
  revisionId: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});
const query = z.object({
  view: z.enum(reviewViews).optional().catch(undefined),
  line: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
});

interface Props {
  params: Promise<{ revisionId: string }>;
  searchParams: SearchParams;
}

export default page(async ({ params: given, searchParams }: Props) => {
  const parsed = params.safeParse(await given);
  if (!parsed.success) throw new DomainError("not_found");
  const { revisionId } = parsed.data;
  const { view, line } = query.parse(await searchParams);
  const path = `/desk/review/${revisionId}`;
  const ctx = await onlyMembers(path);
  const [review, site] = await Promise.all([readReview(ctx, { revisionId }), readSite(ctx)]);
  const { revision, base, notes, may } = review;
  const states = {
    publish: formStateOf("publish"),
    schedule: formStateOf("schedule"),
    requestChanges: formStateOf("requestChanges"),
    withdraw: formStateOf("withdraw"),
  };
  const note = formStateOf("note") ?? formStateOf("settleNote");
  const late = may.review ? undefined : (states.publish ?? states.schedule ?? states.requestChanges);
  const reviewer = can(ctx.actor, "review.enter");
  const content = await contentOf(review, view ?? (base ? "changes" : "text"));
  const soon = new Date(Math.ceil((ctx.now.getTime() + 3_600_000) / 3_600_000) * 3_600_000);
  return (
    <DeskPage
      actor={ctx.actor}
      title={revision.title}
      path={reviewer ? "/desk/review" : "/desk/drafts"}
      lead={<ReviewFacts revision={revision} base={base} own={review.own && !may.review} />}
      news={late || note ? undefined : await newsOf(searchParams, news)}
      wide
    >
      {may.review && !late && (
        <a className="to-decide" href="#decide">
          To the decision
        </a>
      )}
      {late && <LateWords message={late.message} words={late.values.reason ?? late.values.note ?? ""} />}
      <div className="review">
        <div className="review-main">
          {review.submitNote && (
            <blockquote className="submit-note" dir="auto">
              {review.submitNote}
            </blockquote>
          )}
          {base && <ChangedDetails details={changedDetails(base, revision)} />}
          <ReviewText path={path} content={content} compared={base !== null} notes={notes} />
        </div>
        <div className="review-aside">
          {may.write && (
            <p className="ways-on">
              <a href={`/desk/drafts/${revision.articleId}`}>Write in it</a>
            </p>
          )}
          {may.takeUp && (
            <Sheet label="Take it up again" action={takeUp} state={formStateOf("takeUp")} button="Take it up again">
              <input type="hidden" name="revision" defaultValue={revisionId} />
              <p>Its text begins a new draft.</p>
            </Sheet>
          )}
          <Decision
            revisionId={revisionId}
            saveNumber={revision.saveNumber}
            known={review.known}
            class={revision.class}
            note={revision.note}
            scheduled={revision.state === "SCHEDULED"}
            may={may}
            actions={{ publish, schedule, requestChanges, withdraw }}
            states={states}
            clock={{
              zone: site.timeZone,
              now: localTimeOf(ctx.now, site.timeZone),
              soon: localTimeOf(soon, site.timeZone),
            }}
          />
          <DraftNotes
            notes={notes}
            revisionId={revisionId}
            back={`${path}?view=${content.view}`}
            lineHref={(at) => `${path}?view=source#line-${at}`}
            actions={may.note ? { add: addNote, settle: settleNote } : undefined}
            state={note}
            line={line}
          />
          <section aria-labelledby="record-heading">
            <h2 id="record-heading">What happened</h2>
            <EditorialRecord lines={review.record} />
          </section>
        </div>
      </div>
    </DeskPage>
  );
});

async function contentOf({ revision, base }: ReviewView, wish: ReviewKind): Promise<ReviewContent> {
  if (wish === "text" || (base === null && wish === "changes")) return { view: "text", html: revision.html };
  const compared = await compareTexts(
    { before: base ?? revision, now: revision },
    wish === "source" ? "source" : "rendered",
  );
  if ("tooDifferent" in compared) return { view: wish, tooDifferent: true };
  return compared.view === "source" ? compared : { view: "changes", ...compared.difference };
}
