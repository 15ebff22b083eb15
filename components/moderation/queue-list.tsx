"use client";
// The list beside the open item: a form, so that several can be chosen and judged at once.
import { type FormEvent, type MouseEvent, useState } from "react";
import type { FormAction } from "@/components/account/sheet";
import { submittedValue } from "@/components/moderation/submitted-value";
import type { Refusal } from "@/components/moderation/use-queue";
import type { QueueItem } from "@/lib/domain/moderation-queue";
import { type BulkVerdict, bulkVerdicts, removalReasons } from "@/lib/domain/verdict";
import { countOf, removalReasonLabels, sentence } from "@/lib/ui/labels";
import { ageWords, bulkLabels, causeWords } from "@/lib/ui/moderation-words";

interface QueueListProps {
  items: readonly QueueItem[];
  openId: string | null;
  now: Date;
  chosen: ReadonlySet<string>;
  claims: ReadonlyMap<string, string>;
  refusals: ReadonlyMap<string, Refusal>;
  action: FormAction;
  back: string;
  /** What is offered for several: spam has no "spam". */
  verdicts: readonly BulkVerdict[];
  error?: string;
  /** The reason that was chosen for removing several. */
  reason?: string;
  /** Scripts run: without them "all" would do nothing. */
  lively: boolean;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  onChoose: (id: string, chosen: boolean) => void;
  onChooseAll: (chosen: boolean) => void;
  /** All that are chosen get the same; with scripts the page does it. */
  onJudge: (verdict: BulkVerdict, why: { reason?: string }) => void;
}

export function QueueList(props: QueueListProps) {
  const { items, openId, chosen, claims, refusals, hrefOf } = props;
  const open = (event: MouseEvent, id: string) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    props.onOpen(id);
  };
  const [missing, setMissing] = useState<string>();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const verdict = bulkVerdicts.find((one) => one === submittedValue(event));
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    if (!verdict) return;
    if (chosen.size === 0) return setMissing(sentence("verdict.none_chosen"));
    if (verdict === "remove" && reason === "") return setMissing(sentence("verdict.reason_missing"));
    setMissing(undefined);
    props.onJudge(verdict, verdict === "remove" ? { reason } : {});
  };
  return (
    <form action={props.action} onSubmit={send} className="queue-list" aria-label="Several at once">
      <input type="hidden" name="back" value={props.back} />
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item.id} data-open={item.id === openId ? "" : undefined}>
            <label className="choose-item">
              <input
                type="checkbox"
                name={`pick-${item.id}`}
                value={item.seen}
                checked={chosen.has(item.id)}
                disabled={item.own}
                onChange={(event) => props.onChoose(item.id, event.currentTarget.checked)}
              />
              <span className="visually-hidden">
                Choose {item.authorName}: {item.opening}
              </span>
            </label>
            <a
              href={hrefOf(item.id)}
              aria-current={item.id === openId ? "true" : undefined}
              onClick={(event) => open(event, item.id)}
            >
              <span className="row-line">
                <bdi className="row-author">{item.authorName}</bdi>
                <span className="house">{ageWords(item.since, props.now)}</span>
              </span>
              <span className="row-text" dir="auto">
                {item.opening}
              </span>
              <span className="row-cause">
                {item.causes[0] ? causeWords(item.causes[0]) : ""}
                {claims.has(item.id) && <span className="claimed"> · {claims.get(item.id)} has it</span>}
              </span>
              {refusals.has(item.id) && <span className="refusal">{refusals.get(item.id)?.sentence}</span>}
            </a>
          </li>
        ))}
      </ul>
      {items.length > 0 && <BulkBar {...props} error={missing ?? props.error} />}
    </form>
  );
}

function BulkBar({ items, chosen, verdicts, error, reason, lively, onChooseAll }: QueueListProps) {
  const all = items.filter(({ own }) => !own);
  return (
    <fieldset className="bulk" aria-label="With what is chosen">
      {lively ? (
        <label className="choice">
          <input
            type="checkbox"
            checked={all.length > 0 && chosen.size === all.length}
            onChange={(event) => onChooseAll(event.currentTarget.checked)}
          />
          {chosen.size > 0 ? countOf(chosen.size, "comment") : "All"}
        </label>
      ) : (
        <p className="house">With what is chosen:</p>
      )}
      {verdicts.map((verdict) => (
        <button key={verdict} type="submit" name="verdict" value={verdict} className="quiet">
          {bulkLabels[verdict].label}
        </button>
      ))}
      <select name="reason" aria-label="Reason for removing" defaultValue={reason ?? ""}>
        <option value="">Reason for removing</option>
        {removalReasons.map((each) => (
          <option key={each} value={each}>
            {removalReasonLabels[each]}
          </option>
        ))}
      </select>
      {error && (
        <p className="form-message" data-kind="error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** What can be done with several in a tab. */
export function bulkOf(tab: string): readonly BulkVerdict[] {
  return tab === "spam" ? bulkVerdicts.filter((verdict) => verdict !== "markSpam") : bulkVerdicts;
}
