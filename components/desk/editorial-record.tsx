// The editorial record: who did what, when and why, newest first.
import { Day } from "@/components/ui/day";
import { Person } from "@/components/ui/people";
import type { EditorialKind } from "@/lib/domain/editorial-record";
import { editorialWords } from "@/lib/ui/editorial-labels";

export interface RecordLine {
  id: number;
  kind: EditorialKind;
  /** The revision's number. */
  number: number | null;
  /** Null: the site itself, on the day that was set. */
  actor: { name: string; handle: string | null } | null;
  reason: string;
  createdAt: Date;
}

/** @param numbered says which revision each line is about */
export function EditorialRecord({ lines, numbered }: { lines: readonly RecordLine[]; numbered?: boolean }) {
  return (
    <ol className="record plain-list">
      {lines.map((line) => (
        <li key={line.id}>
          <p>
            {line.actor ? <Person person={line.actor} /> : "The site, on the day that was set,"}{" "}
            {editorialWords[line.kind]}
            {numbered && line.number !== null && <span className="house"> revision {line.number}</span>}
            <span className="house">
              , <Day date={line.createdAt} exact />
            </span>
          </p>
          {line.reason && (
            <blockquote className="record-reason" dir="auto">
              {line.reason}
            </blockquote>
          )}
        </li>
      ))}
    </ol>
  );
}
