// Private notes on a draft: each with the line it stands at, settled or open, and a form for a new one.
import { ButtonForm, type FormAction, Sheet } from "@/components/account/sheet";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { Person } from "@/components/ui/people";
import type { PersonLink } from "@/lib/domain/article";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";

export interface DraftNote {
  id: number;
  /** Where it stands now; null: about the whole, or lost. */
  line: number | null;
  quote: string;
  lost: boolean;
  body: string;
  author: PersonLink;
  createdAt: Date;
  resolvedAt: Date | null;
  resolvedBy: PersonLink | null;
}

interface DraftNotesProps {
  notes: readonly DraftNote[];
  revisionId: number;
  /** Where the page is that the forms come back to. */
  back: string;
  /** Where a line of the text can be read; null where lines have no numbers. */
  lineHref: ((line: number) => string) | null;
  /** None for whoever only reads them. */
  actions?: { add: FormAction; settle: FormAction };
  state?: FormState;
  /** The line that was chosen for a new note. */
  line?: number;
  /** Who sees them, where not only writers and editors do. */
  seenBy?: string;
}

export function DraftNotes(props: DraftNotesProps) {
  const { notes } = props;
  const open = notes.filter(({ resolvedAt }) => resolvedAt === null);
  const settled = notes.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <section aria-labelledby="notes-heading" className="draft-notes">
      <h2 id="notes-heading">Notes</h2>
      <p className="house">
        {props.actions || notes.length > 0
          ? (props.seenBy ?? "Only its writers and editors see them.")
          : "There are none."}
      </p>
      {open.length > 0 && <NoteList {...props} notes={open} />}
      {settled.length > 0 && (
        <details>
          <summary>{countOf(settled.length, "settled note")}</summary>
          <NoteList {...props} notes={settled} />
        </details>
      )}
      {props.actions && <NewNote {...props} add={props.actions.add} />}
    </section>
  );
}

function NoteList(props: DraftNotesProps) {
  return (
    <ul className="plain-list">
      {props.notes.map((note) => (
        <li key={note.id} id={`note-${note.id}`} className="draft-note">
          <p className="house">
            <span className="speaker">
              <Person person={note.author} />
            </span>
            , <Day date={note.createdAt} exact />
            <Place note={note} lineHref={props.lineHref} />
          </p>
          {note.quote && (
            <blockquote className="note-quote" dir="auto">
              {note.quote}
            </blockquote>
          )}
          <p className="note-body" dir="auto">
            {note.body}
          </p>
          {note.resolvedBy && (
            <p className="house">
              settled by <Person person={note.resolvedBy} />
            </p>
          )}
          {props.actions && <Settle note={note} back={props.back} settle={props.actions.settle} />}
        </li>
      ))}
    </ul>
  );
}

function Place({ note, lineHref }: Pick<DraftNotesProps, "lineHref"> & { note: DraftNote }) {
  if (note.lost) return ", at a line that is gone";
  if (note.line === null) return null;
  return <>, at {lineHref ? <a href={lineHref(note.line)}>line {note.line}</a> : `line ${note.line}`}</>;
}

function Settle({ note, back, settle }: { note: DraftNote; back: string; settle: FormAction }) {
  const open = note.resolvedAt === null;
  const word = open ? "Settle" : "Open again";
  return (
    <ButtonForm label={`${word}: ${note.body.slice(0, 60)}`} action={settle} button={word}>
      <input type="hidden" name="note" defaultValue={note.id} />
      <input type="hidden" name="settled" defaultValue={open ? "yes" : "no"} />
      <input type="hidden" name="back" defaultValue={back} />
    </ButtonForm>
  );
}

function NewNote({ revisionId, back, state, line, add }: DraftNotesProps & { add: FormAction }) {
  const errors = state?.errors ?? {};
  return (
    <Sheet id="note-form" label="Write a note" action={add} state={state} button="Add the note">
      <input type="hidden" name="revision" defaultValue={revisionId} />
      <input type="hidden" name="back" defaultValue={back} />
      <Field id="note-body" label="A new note" error={errors.body}>
        <textarea
          id="note-body"
          name="body"
          rows={3}
          dir="auto"
          required
          data-limit={limits.draftNote}
          defaultValue={state?.values.body}
          {...described("note-body", { error: errors.body })}
        />
      </Field>
      <Field
        id="note-line"
        label="Line"
        error={errors.line}
        help="Of the source. Leave it empty for a note on the whole."
      >
        <input
          id="note-line"
          name="line"
          className="line-field"
          inputMode="numeric"
          defaultValue={state?.values.line ?? line}
          {...described("note-line", { error: errors.line, help: true })}
        />
      </Field>
    </Sheet>
  );
}
