// What an editor can do with an article: say who is named, take that back, take the article from readers. Each asks why.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";

interface FormProps {
  articleId: number;
  action: FormAction;
  state?: FormState;
}

function Why({ id, state }: { id: string; state?: FormState }) {
  const error = state?.errors.reason;
  return (
    <Field id={id} label="Why?" error={error} help="Kept in the editorial record.">
      <textarea
        id={id}
        name="reason"
        rows={2}
        dir="auto"
        required
        data-limit={limits.editorialReason}
        defaultValue={state?.values.reason}
        {...described(id, { error, help: true })}
      />
    </Field>
  );
}

function PeopleField({ name, label, value, state }: { name: string; label: string; value: string; state?: FormState }) {
  const error = state?.errors[name];
  return (
    <Field id={`credits-${name}`} label={label} error={error}>
      <textarea
        id={`credits-${name}`}
        name={name}
        rows={3}
        dir="auto"
        defaultValue={state?.values[name] ?? value}
        {...described(`credits-${name}`, { error })}
      />
    </Field>
  );
}

/** @param written, edited one person a line, "@handle" or a name */
export function CreditsForm({
  articleId,
  action,
  state,
  written,
  edited,
}: FormProps & { written: string; edited: string }) {
  return (
    <details className="drawer" open={state !== undefined}>
      <summary>Name others</summary>
      <Sheet label="Who is named" action={action} state={state} button="Name them">
        <input type="hidden" name="article" defaultValue={articleId} />
        <p>One person a line: a name, or “@” and the user name of a member.</p>
        <PeopleField name="written" label="Written By" value={written} state={state} />
        <PeopleField name="edited" label="Edited By" value={edited} state={state} />
        <Why id="credits-reason" state={state} />
      </Sheet>
    </details>
  );
}

export function ComputeCreditsForm({ articleId, action, state }: FormProps) {
  return (
    <details className="drawer" open={state !== undefined}>
      <summary>Name those who gave it its words again</summary>
      <Sheet label="Credits by surviving words" action={action} state={state} button="Count the words again">
        <input type="hidden" name="article" defaultValue={articleId} />
        <Why id="compute-reason" state={state} />
      </Sheet>
    </details>
  );
}

export function UnpublishForm({ articleId, revisionId, action, state }: FormProps & { revisionId: number }) {
  return (
    <details className="drawer" open={state !== undefined}>
      <summary>Take it from readers</summary>
      <Sheet label="Unpublish" action={action} state={state} button="Unpublish" danger>
        <input type="hidden" name="article" defaultValue={articleId} />
        <input type="hidden" name="revision" defaultValue={revisionId} />
        <p>
          Readers find nothing at its address any more, and its discussion rests. Nothing is deleted: publishing a
          revision brings all of it back.
        </p>
        <Why id="unpublish-reason" state={state} />
      </Sheet>
    </details>
  );
}
