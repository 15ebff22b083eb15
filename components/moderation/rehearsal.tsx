// What a rule would have done to the last comments, beside what moderators decided: in a sentence, then the comments themselves.
import { Day } from "@/components/ui/day";
import { countOf } from "@/lib/ui/labels";
import { decidedLabels } from "@/lib/ui/screening-words";

type Decided = keyof typeof decidedLabels;

export interface RehearsalView {
  /** Comes back with the confirmation. */
  mark: string;
  looked: number;
  counts: Record<Decided, number>;
  fitted: readonly {
    id: string;
    authorName: string;
    createdAt: Date;
    written: string;
    excerpt: string;
    decided: Decided;
  }[];
}

export function Rehearsed({ rehearsal }: { rehearsal: RehearsalView }) {
  const { looked, counts, fitted } = rehearsal;
  const all = counts.against + counts.for + counts.nothing;
  return (
    <section className="rehearsal" aria-label="What it would have done">
      <p>
        {all === 0 ? (
          `It would have fitted none of the last ${countOf(looked, "comment")}.`
        ) : (
          <>
            Of the last {countOf(looked, "comment")} it would have fitted <strong>{countOf(all, "comment")}</strong>:{" "}
            {counts.against} that moderators removed or put aside as spam,{" "}
            {counts.for > 0 ? (
              <strong className="wrongly">{counts.for} that they let stand</strong>
            ) : (
              "none that they let stand"
            )}
            , and {counts.nothing} that nobody looked at.
          </>
        )}
      </p>
      {fitted.length > 0 && (
        <ol className="plain-list rehearsed">
          {fitted.map(({ id, authorName, createdAt, written, excerpt, decided }) => (
            <li key={id} data-decided={decided}>
              <p dir="auto">{excerpt}</p>
              <p className="house">
                <a href={`/comments/${id}`}>
                  <bdi>{authorName}</bdi>, <Day date={createdAt} />
                </a>
                : “<bdi>{written}</bdi>”, {decidedLabels[decided]}
              </p>
            </li>
          ))}
        </ol>
      )}
      {all > fitted.length && <p className="house">And {countOf(all - fitted.length, "older comment")}.</p>}
    </section>
  );
}
