// Whether the records of what was done are as they were written, by the check of last night.
import { Moment } from "@/components/ui/day";
import { countOf } from "@/lib/ui/labels";

export interface RecordCheckProps {
  check: { at: Date; lines: number; hash: string; faults: number; first: string } | null;
}

export function RecordCheckNote({ check }: RecordCheckProps) {
  if (!check) {
    return (
      <p className="empty">
        What is decided here is sealed minute by minute. The seals are looked at for the first time tonight.
      </p>
    );
  }
  if (check.faults > 0) {
    const others = check.faults > 1 ? `, with ${countOf(check.faults - 1, "more fault")}` : "";
    return (
      <p className="house-note" role="alert">
        <strong>The record was changed past the site.</strong> {check.first} Found on <Moment date={check.at} />
        {others}. On the machine, <code>npm run verify-log</code> lists what is wrong.
      </p>
    );
  }
  return (
    <>
      <p>
        {countOf(check.lines, "line")} about decisions, accounts and articles, every one as it was written. Looked at on{" "}
        <Moment date={check.at} />.
      </p>
      <p className="record-seal">
        The newest seal is{" "}
        <code>
          {check.lines}:{check.hash}
        </code>
        . Whoever keeps it elsewhere can tell later whether the record was made anew.
      </p>
    </>
  );
}
