// Deciding where two people changed the same place: one question for each such place, with what each of them made of it. Everything else is
// together already. A plain form.
import type { ReactNode } from "react";
import type { FormAction } from "@/components/account/sheet";
import { Words } from "@/components/article/difference";
import { Names } from "@/components/desk/names";
import { FormNews } from "@/components/discussion/form-news";
import type { DraftFields } from "@/lib/domain/draft";
import { topicsLine } from "@/lib/domain/draft";
import type { DraftConflict } from "@/lib/domain/draft-merge";
import type { Piece } from "@/lib/text/diff";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";

interface PlaceChanges {
  ours: readonly Piece[];
  theirs: readonly Piece[];
}

interface ConflictFormProps {
  articleId: number;
  revisionId: number;
  conflict: {
    merged: { conflicts: readonly DraftConflict[] };
    ours: DraftFields;
    saveNumber: number;
    seen: number;
    by: readonly string[];
  };
  /** What each of them made of each place, in its words. */
  changes: readonly PlaceChanges[];
  action: FormAction;
  state: FormState;
}

const fieldNames: Record<DraftConflict["field"], string> = {
  title: "Title",
  slug: "Address",
  summary: "Summary",
  copyrightHolder: "Copyright holder",
  licence: "Licence",
  body: "Text",
};

/** A text box as tall as what stands in it, within reason. */
function rowsFor(text: string): number {
  return Math.min(16, Math.max(3, text.split("\n").length + Math.ceil(text.length / 90)));
}

interface SideProps {
  nth: number;
  value: "ours" | "theirs";
  label: ReactNode;
  now: string;
  change: readonly Piece[];
}

function Side({ nth, value, label, now, change }: SideProps) {
  return (
    <div className="conflict-side">
      <label className="choice">
        <input type="radio" name={`choice-${nth}`} value={value} required />
        {label}
      </label>
      <div className="conflict-text">
        {now.trim() === "" ? <em>Nothing: it was taken out.</em> : <Words pieces={change} />}
      </div>
    </div>
  );
}

interface QuestionProps {
  conflict: DraftConflict;
  changes?: PlaceChanges;
  nth: number;
  other: ReactNode;
}

function Question({ conflict, changes, nth, other }: QuestionProps) {
  const { field, ours, theirs } = conflict;
  const both = `${ours.replace(/\n$/, "")}\n${theirs.replace(/\n$/, "")}`;
  return (
    <fieldset className="conflict">
      <legend>
        {nth + 1}. {fieldNames[field]}
      </legend>
      <div className="conflict-sides">
        <Side nth={nth} value="ours" label="Yours" now={ours} change={changes?.ours ?? []} />
        <Side nth={nth} value="theirs" label={other} now={theirs} change={changes?.theirs ?? []} />
      </div>
      {field === "body" && (
        <>
          <label className="choice">
            <input type="radio" name={`choice-${nth}`} value="both" required />
            Both, yours first
          </label>
          <label className="choice">
            <input type="radio" name={`choice-${nth}`} value="own" required />
            As I write it here
          </label>
          <textarea
            name={`own-${nth}`}
            aria-label={`Place ${nth + 1} as I write it`}
            dir="auto"
            rows={rowsFor(both)}
            defaultValue={both}
          />
        </>
      )}
    </fieldset>
  );
}

export function ConflictForm({ articleId, revisionId, conflict, changes, action, state }: ConflictFormProps) {
  const { merged, ours, saveNumber, seen, by } = conflict;
  const [first] = by;
  const other =
    by.length === 1 && first !== undefined ? (
      <span>
        <bdi>{first}</bdi>’s
      </span>
    ) : (
      "Theirs"
    );
  return (
    <form className="conflicts" data-conflict action={action} aria-label="Decide">
      <FormNews state={state} />
      <p>
        {by.length > 0 ? <Names names={by} /> : "Somebody"} saved while you were writing. Everything that fits together
        is together already; {countOf(merged.conflicts.length, "place")} that you both changed{" "}
        {merged.conflicts.length === 1 ? "is" : "are"} left. Nothing is saved until you decide.
      </p>
      <input type="hidden" name="article" defaultValue={articleId} />
      <input type="hidden" name="revision" defaultValue={revisionId} />
      <input type="hidden" name="saveNumber" defaultValue={saveNumber} />
      <input type="hidden" name="seen" defaultValue={seen} />
      {(["title", "slug", "copyrightHolder", "licence"] as const).map((name) => (
        <input key={name} type="hidden" name={name} defaultValue={ours[name]} />
      ))}
      <input type="hidden" name="topics" defaultValue={topicsLine(ours.topics)} />
      <textarea hidden readOnly name="summary" defaultValue={ours.summary} />
      <textarea hidden readOnly name="body" defaultValue={ours.body} />
      {merged.conflicts.map((each, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places of a text are told apart by their order alone
        <Question key={nth} conflict={each} changes={changes[nth]} nth={nth} other={other} />
      ))}
      <p className="buttons">
        <button type="submit">Save what I decided</button>
      </p>
      <details>
        <summary>Your whole text, to copy</summary>
        <textarea readOnly rows={12} dir="auto" aria-label="Your whole text" defaultValue={ours.body} />
      </details>
    </form>
  );
}
