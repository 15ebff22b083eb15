// What waits for a reviewer, and what waits for its day.
import { Day } from "@/components/ui/day";
import { Person } from "@/components/ui/people";
import type { PersonLink } from "@/lib/domain/article";
import { exactTime } from "@/lib/ui/dates";
import { countOf } from "@/lib/ui/labels";

export interface ListedReview {
  revisionId: number;
  title: string;
  words: number;
  live: boolean;
  author: PersonLink | null;
  submittedAt: Date;
  scheduledFor: Date | null;
  /** What its writer said when handing it in. */
  note: string;
  /** The reader has written in it. */
  own: boolean;
}

function Row({ item }: { item: ListedReview }) {
  return (
    <li>
      <p className="row-name">
        <a href={`/desk/review/${item.revisionId}`}>
          <bdi>{item.title}</bdi>
        </a>
      </p>
      <p className="house">
        {item.scheduledFor ? (
          <>
            <span className="state" data-state="SCHEDULED">
              {exactTime(item.scheduledFor)}
            </span>
            ,{" "}
          </>
        ) : (
          <>
            waits since <Day date={item.submittedAt} exact />,{" "}
          </>
        )}
        {item.live ? "a new text of a published article" : "a first text"}, {countOf(item.words, "word")}
        {item.author && (
          <>
            , by <Person person={item.author} />
          </>
        )}
        {item.own && <strong className="own">. You wrote in it, so somebody else decides</strong>}
      </p>
      {item.note && (
        <p className="row-note" dir="auto">
          {item.note}
        </p>
      )}
    </li>
  );
}

export function ReviewList({ items }: { items: readonly ListedReview[] }) {
  return (
    <ul className="rows plain-list reviews">
      {items.map((item) => (
        <Row key={item.revisionId} item={item} />
      ))}
    </ul>
  );
}
