// What goes with a draft in its writers' hands: what an editor asks for, the notes, what happened so far, and the way to see what it changes.
import type { ReactNode } from "react";
import { EditorialRecord, type RecordLine } from "@/components/desk/editorial-record";

interface DraftAsideProps {
  revisionId: number;
  record: readonly RecordLine[];
  /** The notes. */
  children?: ReactNode;
}

/** What an editor has asked for, before the text. */
export function AskedChanges({ record }: { record: readonly RecordLine[] }) {
  const asked = record.find(({ kind }) => kind === "REQUEST_CHANGES" || kind === "SUBMIT");
  if (asked?.kind !== "REQUEST_CHANGES") return null;
  return (
    <section className="asked-changes" aria-label="What the editor asks for">
      <p className="house">
        <bdi>{asked.actor?.name}</bdi> asks:
      </p>
      <p dir="auto">{asked.reason}</p>
    </section>
  );
}

export function DraftAside({ revisionId, record, children }: DraftAsideProps) {
  return (
    <div className="draft-aside">
      {children}
      <section aria-labelledby="record-heading">
        <h2 id="record-heading">What happened</h2>
        <EditorialRecord lines={record} />
        <p className="ways-on">
          <a href={`/desk/review/${revisionId}`}>See what it changes, or withdraw it</a>
        </p>
      </section>
    </div>
  );
}
