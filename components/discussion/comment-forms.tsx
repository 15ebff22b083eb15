// What one may do with a comment, each a plain form: edit it, take it back, report it.
import type { FormAction } from "@/components/discussion/composer";
import { FormNews } from "@/components/discussion/form-news";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";
import { reportReasonLabels } from "@/lib/ui/labels";

interface CommentFormProps {
  id: string;
  slug: string;
  action: FormAction;
  state?: FormState;
}

/** Which comment, for the form's action; and what the last try has to say. */
function FormStart({ id, slug, state }: Omit<CommentFormProps, "action">) {
  return (
    <>
      <input type="hidden" name="id" defaultValue={id} />
      <input type="hidden" name="article" defaultValue={slug} />
      <FormNews state={state} />
    </>
  );
}

/** @param source the comment's Markdown as it is now */
export function EditForm({ source, state, action, ...of }: CommentFormProps & { source: string }) {
  const error = state?.errors.body;
  return (
    <form id="edit" className="composer" data-form="edit" action={action} aria-label="Edit this comment">
      <h2>Edit</h2>
      <FormStart {...of} state={state} />
      <Field id="edit-body" label="Comment" error={error}>
        <textarea
          id="edit-body"
          name="body"
          rows={8}
          dir="auto"
          required
          data-limit={limits.commentBody}
          defaultValue={state?.values.body ?? source}
          {...described("edit-body", { error })}
        />
      </Field>
      <p className="buttons">
        <button type="submit" name="intent" value="post">
          Save
        </button>
        <button type="submit" name="intent" value="preview" className="quiet">
          Preview
        </button>
      </p>
    </form>
  );
}

export function DeleteForm({ state, action, ...of }: CommentFormProps) {
  return (
    <form id="delete" className="composer" data-form="delete" action={action} aria-label="Delete this comment">
      <h2>Delete</h2>
      <FormStart {...of} state={state} />
      <p>The text goes for good; replies stay where they are. This cannot be undone.</p>
      <p className="buttons">
        <button type="submit" className="danger">
          Delete this comment
        </button>
      </p>
    </form>
  );
}

export function ReportForm({ state, action, ...of }: CommentFormProps) {
  const { reason, note } = state?.errors ?? {};
  return (
    <form id="report" className="composer" data-form="report" action={action} aria-label="Report this comment">
      <h2>Report</h2>
      <FormStart {...of} state={state} />
      <fieldset aria-describedby={reason ? "reason-error" : undefined}>
        <legend>What is wrong with this comment?</legend>
        {Object.entries(reportReasonLabels).map(([value, label]) => (
          <label key={value} className="choice">
            <input type="radio" name="reason" value={value} defaultChecked={state?.values.reason === value} required />
            {label}
          </label>
        ))}
        {reason && (
          <p className="field-error" id="reason-error">
            {reason}
          </p>
        )}
      </fieldset>
      <Field id="note" label="Anything a moderator should know" error={note}>
        <textarea
          id="note"
          name="note"
          rows={3}
          dir="auto"
          data-limit={limits.reportNote}
          defaultValue={state?.values.note}
          {...described("note", { error: note })}
        />
      </Field>
      <p className="buttons">
        <button type="submit">Report</button>
      </p>
    </form>
  );
}
