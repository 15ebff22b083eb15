// The saves of a draft that are kept: a list of them, and one with what it differs in from the present text.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { Words } from "@/components/article/difference";
import { Day } from "@/components/ui/day";
import type { DraftFields } from "@/lib/domain/draft";
import type { Piece } from "@/lib/text/diff";
import { exactTime } from "@/lib/ui/dates";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";

interface ListedSave {
  number: number;
  savedBy: string | null;
  createdAt: Date;
  title: string;
  length: number;
}

export function SaveList({ articleId, saves }: { articleId: number; saves: readonly ListedSave[] }) {
  return (
    <ul className="rows plain-list">
      {saves.map(({ number, savedBy, createdAt, title, length }, nth) => (
        <li key={number}>
          <p className="row-name">
            <a href={`/desk/drafts/${articleId}/saves/${number}`}>{exactTime(createdAt)}</a>
            {nth === 0 && <span className="row-roles">the present text</span>}
          </p>
          <p className="house">
            <bdi>{title}</bdi>, {countOf(length, "character")}
            {savedBy && (
              <>
                , by <bdi>{savedBy}</bdi>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

interface OneSaveProps {
  articleId: number;
  number: number;
  save: {
    fields: DraftFields;
    savedBy: string | null;
    createdAt: Date;
    current: { saveNumber: number; fields: DraftFields; writable: boolean };
  };
  /** What was changed in the text since. */
  since: readonly Piece[];
  action: FormAction;
  state?: FormState;
}

export function OneSave({ articleId, number, save, since, action, state }: OneSaveProps) {
  const { fields, savedBy, createdAt, current } = save;
  const isPresent = number === current.saveNumber;
  return (
    <>
      <p>
        Saved on <Day date={createdAt} long exact />
        {savedBy && (
          <>
            {" "}
            by <bdi>{savedBy}</bdi>
          </>
        )}
        . <a href={`/desk/drafts/${articleId}/saves`}>All saves</a>
      </p>
      {current.writable && !isPresent && (
        <Sheet label="Bring this text back" action={action} state={state} button="Bring this text back">
          <input type="hidden" name="article" defaultValue={articleId} />
          <input type="hidden" name="number" defaultValue={number} />
          <input type="hidden" name="seen" defaultValue={current.saveNumber} />
        </Sheet>
      )}
      <section aria-labelledby="text-heading">
        <h2 id="text-heading">The text of then</h2>
        <textarea readOnly rows={14} dir="auto" aria-labelledby="text-heading" defaultValue={fields.body} />
      </section>
      {!isPresent && (
        <section aria-labelledby="since-heading">
          <h2 id="since-heading">What was changed since</h2>
          <div className="conflict-text">
            <Words pieces={since} />
          </div>
        </section>
      )}
    </>
  );
}
