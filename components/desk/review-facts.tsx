// The line under a text's title on the desk: its state, whose it is, since when, how much it grew, and where readers find the article.
import { Day } from "@/components/ui/day";
import { People } from "@/components/ui/people";
import type { PersonLink } from "@/lib/domain/article";
import type { RevisionState } from "@/lib/domain/article-workflow";
import { exactTime } from "@/lib/ui/dates";
import { countOf, revisionStateLabels } from "@/lib/ui/labels";

interface ReviewFactsProps {
  revision: {
    number: number;
    articleId: number;
    state: RevisionState;
    words: number;
    writers: readonly PersonLink[];
    submittedAt: Date | null;
    scheduledFor: Date | null;
    article: { slug: string; publishedRevisionId: number | null };
  };
  base: { number: number; words: number } | null;
  /** Whoever reads has written in it, and so does not decide. */
  own: boolean;
}

const isWaiting = (state: RevisionState) => state === "IN_REVIEW" || state === "SCHEDULED";

export function ReviewFacts({ revision, base, own }: ReviewFactsProps) {
  const { state, submittedAt, scheduledFor, article } = revision;
  const grown = base ? revision.words - base.words : 0;
  return (
    <>
      <span className="state" data-state={state}>
        {revisionStateLabels[state]}
        {state === "SCHEDULED" && scheduledFor && ` for ${exactTime(scheduledFor)}`}
      </span>
      . Revision {revision.number}
      {revision.writers.length > 0 && (
        <>
          {" "}
          by <People people={revision.writers} />
        </>
      )}
      {submittedAt && (
        <>
          , handed in <Day date={submittedAt} exact />
        </>
      )}
      , {countOf(revision.words, "word")}
      {grown !== 0 && ` (${grown > 0 ? "+" : "−"}${Math.abs(grown)})`}
      {base && `, compared with revision ${base.number}`}
      {article.publishedRevisionId !== null && (
        <>
          . Readers see <a href={`/articles/${article.slug}`}>the article</a>
        </>
      )}
      .{own && isWaiting(state) && " You wrote in it, so another editor decides about it."}
    </>
  );
}
