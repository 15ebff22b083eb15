// The front of the desk: what waits for whoever sits down at it, most urgent first, each with the way to it.
import { DraftList, type ListedDraft } from "@/components/desk/draft-list";
import { Day } from "@/components/ui/day";
import { countOf } from "@/lib/ui/labels";

interface DeskFrontProps {
  drafts: readonly ListedDraft[];
  moreDrafts: boolean;
  mayStart: boolean;
  /** Null for whoever reviews nothing. */
  reviews: { count: number; oldest: Date | null } | null;
  /** Null for whoever is no moderator. */
  moderation: { count: number; orMore: boolean } | null;
}

function Reviews({ count, oldest }: { count: number; oldest: Date | null }) {
  return (
    <section aria-labelledby="review-heading">
      <h2 id="review-heading">Review</h2>
      {count === 0 ? (
        <p className="empty">Nothing waits for a review.</p>
      ) : (
        <p className="waiting">
          <a href="/desk/review">{count === 1 ? "1 text waits" : `${countOf(count, "text")} wait`} for a review</a>
          {oldest && (
            <span className="house">
              {count === 1 ? "since " : "the first since "}
              <Day date={oldest} exact />
            </span>
          )}
        </p>
      )}
    </section>
  );
}

function Moderation({ count, orMore }: { count: number; orMore: boolean }) {
  const comments = `${countOf(count, "comment")}${orMore ? " or more" : ""}`;
  return (
    <section aria-labelledby="moderation-heading">
      <h2 id="moderation-heading">Moderation</h2>
      {count === 0 ? (
        <p className="empty">No comment waits for a moderator.</p>
      ) : (
        <p className="waiting">
          <a href="/desk/moderation">
            {comments} {count === 1 ? "waits" : "wait"} for a moderator
          </a>
        </p>
      )}
    </section>
  );
}

export function DeskFront({ drafts, moreDrafts, mayStart, reviews, moderation }: DeskFrontProps) {
  const start = <a href="/desk/drafts#start-heading">Start an article</a>;
  return (
    <>
      {reviews && <Reviews {...reviews} />}
      {moderation && <Moderation {...moderation} />}
      <section aria-labelledby="drafts-heading">
        <h2 id="drafts-heading">Your drafts</h2>
        {drafts.length === 0 ? (
          <p className="empty">You are not writing anything just now. {mayStart && <>{start}.</>}</p>
        ) : (
          <>
            <DraftList drafts={drafts} />
            <p className="ways-on">
              {moreDrafts && <a href="/desk/drafts">All your drafts</a>}
              {mayStart && start}
            </p>
          </>
        )}
      </section>
    </>
  );
}
