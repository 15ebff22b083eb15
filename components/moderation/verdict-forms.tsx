"use client";
// The verdicts on one item: a plain form of buttons, and beside it one that removes with a reason. Scripts send the same without leaving.
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { FormAction } from "@/components/account/sheet";
import type { SentVerdict } from "@/components/moderation/queue-server";
import { submittedValue } from "@/components/moderation/submitted-value";
import type { WrittenRemoval } from "@/components/moderation/use-queue";
import { limits } from "@/lib/domain/limits";
import type { QueueItem } from "@/lib/domain/moderation-queue";
import { removalReasons, type Verdict } from "@/lib/domain/verdict";
import { removalReasonLabels, sentence } from "@/lib/ui/labels";
import { verdictLabels } from "@/lib/ui/moderation-words";

interface VerdictFormsProps {
  item: QueueItem;
  action: FormAction;
  /** Where to go on without scripts: the list as it is asked for, and the item after this one. */
  back: string;
  next: string;
  /** The removal's form is open. */
  removing: boolean;
  /** It came back with an error. */
  error?: string;
  /** What was written to remove it with, when that was not carried out. */
  written?: WrittenRemoval;
  onRemoving: (open: boolean) => void;
  onVerdict: (sent: Omit<SentVerdict, "seen">) => void;
}

function Hidden({ item, back, next }: Pick<VerdictFormsProps, "item" | "back" | "next">) {
  return (
    <>
      <input type="hidden" name="id" value={item.id} />
      <input type="hidden" name="seen" value={item.seen} />
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="next" value={next} />
    </>
  );
}

/** The key that does the same; for the eye only, since it is said in the list of keys. */
function Key({ verdict }: { verdict: Verdict }) {
  return (
    <span className="key" aria-hidden="true">
      {verdictLabels[verdict].key}
    </span>
  );
}

export function VerdictForms(props: VerdictFormsProps) {
  const { item, action, removing, onVerdict } = props;
  const simple = item.verdicts.filter((verdict) => verdict !== "remove");
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const verdict = simple.find((one) => one === submittedValue(event));
    if (verdict) onVerdict({ verdict });
  };
  return (
    <div className="verdicts">
      <form action={action} onSubmit={send} aria-label="Verdict" className="verdict-buttons">
        <Hidden {...props} />
        {simple.map((verdict, index) => (
          <button
            key={verdict}
            type="submit"
            name="verdict"
            value={verdict}
            className={index === 0 ? undefined : "quiet"}
          >
            {verdictLabels[verdict].label}
            <Key verdict={verdict} />
          </button>
        ))}
      </form>
      {item.verdicts.includes("remove") && (
        <details className="removal" open={removing} onToggle={(event) => props.onRemoving(event.currentTarget.open)}>
          <summary className="removal-button">
            Remove…
            <Key verdict="remove" />
          </summary>
          <RemovalForm {...props} />
        </details>
      )}
    </div>
  );
}

function RemovalForm(props: VerdictFormsProps) {
  const { action, removing, written, onVerdict } = props;
  const [missing, setMissing] = useState<string>();
  const error = missing ?? props.error;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!removing) {
      // What had the focus is hidden now, and would keep it or lose it as the browser pleases.
      if (form.current?.contains(document.activeElement))
        form.current.closest("details")?.querySelector("summary")?.focus();
      return;
    }
    const radio = (which: string) => form.current?.querySelector<HTMLInputElement>(`input[type=radio]${which}`);
    (radio(":checked") ?? radio(""))?.focus();
  }, [removing]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "");
    event.preventDefault();
    if (text("reason") === "" || (text("reason") === "OWN" && text("words").trim() === "")) {
      return setMissing(sentence("verdict.reason_missing"));
    }
    onVerdict({ verdict: "remove", reason: text("reason"), words: text("words"), note: text("note") });
  };
  return (
    <form ref={form} action={action} onSubmit={send} aria-label="Remove" className="removal-form">
      <Hidden {...props} />
      <input type="hidden" name="verdict" value="remove" />
      {error && (
        <p className="form-message" data-kind="error" role="alert">
          {error}
        </p>
      )}
      <fieldset>
        <legend>Why? Its author and everybody else will read it.</legend>
        {removalReasons.map((reason, index) => (
          <label key={reason} className="choice">
            <input type="radio" name="reason" value={reason} defaultChecked={written?.reason === reason} />
            {removalReasonLabels[reason]}
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>
          </label>
        ))}
        <label className="choice">
          <input type="radio" name="reason" value="OWN" defaultChecked={written?.reason === "OWN"} />
          In your own words:
        </label>
        <input
          name="words"
          aria-label="Your own words"
          dir="auto"
          defaultValue={written?.words}
          maxLength={limits.removalWords}
          autoComplete="off"
          onFocus={(event) => {
            const own = event.currentTarget.form?.querySelector<HTMLInputElement>("input[value=OWN]");
            if (own) own.checked = true;
          }}
        />
      </fieldset>
      <div className="field">
        <label htmlFor={`note-${props.item.id}`}>Note, for moderators alone</label>
        <input
          id={`note-${props.item.id}`}
          name="note"
          dir="auto"
          maxLength={limits.actionNote}
          autoComplete="off"
          defaultValue={written?.note}
        />
      </div>
      <button type="submit" className="danger">
        Remove the comment
      </button>
    </form>
  );
}
