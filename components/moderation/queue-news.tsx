"use client";
// What has just been decided, with the way to take it back; and the stack of what was decided before.
import type { FormAction } from "@/components/account/sheet";
import type { Notice, Refusal, Undoable } from "@/components/moderation/use-queue";
import { refusalLines } from "@/lib/ui/moderation-words";

interface QueueNewsProps {
  /** Of this page's own work. */
  notice: Notice | null;
  /** Of a form that led here. */
  news: string | null;
  error?: string;
  /** Verdicts that were not carried out; their items are in the list again. */
  refusals: readonly Refusal[];
  undoable: readonly Undoable[];
  action: FormAction;
  back: string;
  onUndo: () => void;
  /** Left out without scripts. */
  onHelp?: () => void;
}

export function QueueNews(props: QueueNewsProps) {
  const { notice, news, error, undoable, action, back, onUndo, onHelp } = props;
  const own = notice?.kind === "refused" ? notice.text : error;
  const refused = [...(own ? [own] : []), ...refusalLines(props.refusals)];
  const done = notice ? (notice.kind === "done" ? notice.text : "") : (news ?? "");
  const [last] = undoable;
  return (
    <div className="queue-news">
      <p role="status" className="queue-done">
        {done}
      </p>
      {refused.length > 0 && (
        <div role="alert" className="refusal">
          {refused.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <div className="queue-tools">
        {last && (
          <form
            action={action}
            aria-label="Take back"
            onSubmit={(event) => {
              event.preventDefault();
              onUndo();
            }}
          >
            <input type="hidden" name="back" value={back} />
            <input type="hidden" name="action" value={last.action} />
            <button type="submit" className="quiet">
              Take back
              <span className="key" aria-hidden="true">
                u
              </span>
            </button>
          </form>
        )}
        {undoable.length > 1 && (
          <details className="undo-stack">
            <summary>Your last verdicts</summary>
            <ol className="plain-list">
              {undoable.map((line) => (
                <li key={line.action}>
                  <a href={`/desk/moderation?item=${line.id}`}>
                    {line.deed}: <bdi>{line.authorName}</bdi>
                  </a>{" "}
                  <span className="house" dir="auto">
                    {line.opening}
                  </span>
                </li>
              ))}
            </ol>
          </details>
        )}
        {onHelp && (
          <button type="button" className="keys-button" onClick={onHelp}>
            Keys
          </button>
        )}
      </div>
    </div>
  );
}
