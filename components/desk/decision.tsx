// What a reviewer can decide: ask for changes, publish now, set a day. Each stands behind one more click, says what it does, and works as
// a plain form.
import { Fragment, type ReactNode } from "react";
import { type FormAction, Sheet } from "@/components/account/sheet";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import { type RevisionClass, revisionClasses } from "@/lib/domain/revision";
import { revisionClassWords } from "@/lib/ui/editorial-labels";
import type { FormState } from "@/lib/ui/form-state";

type Act = "requestChanges" | "publish" | "schedule" | "withdraw";

interface DecisionProps {
  revisionId: number;
  /** The save that is read here. */
  saveNumber: number;
  /** Readers have known the article: a change has a class and a note. */
  known: boolean;
  /** As was decided when the day was set. */
  class: RevisionClass | null;
  note: string;
  scheduled: boolean;
  may: { review: boolean; withdraw: boolean };
  actions: Record<Act, FormAction>;
  states: Partial<Record<Act, FormState>>;
  /** The site's clock: its zone, and what it shows now and in an hour, as a field takes it. */
  clock: { zone: string; now: string; soon: string };
}

export function Decision(props: DecisionProps) {
  const { may, scheduled, states } = props;
  if (!may.review && !may.withdraw) return null;
  return (
    <section id="decide" aria-labelledby="decide-heading" className="decision">
      <h2 id="decide-heading">Decide</h2>
      {may.review && (
        <>
          <Step act="publish" title={scheduled ? "Publish now instead" : "Publish now"} states={states}>
            <Publish {...props} />
          </Step>
          {!scheduled && (
            <>
              <Step act="schedule" title="Publish later" states={states}>
                <Schedule {...props} />
              </Step>
              <Step act="requestChanges" title="Ask for changes" states={states}>
                <RequestChanges {...props} />
              </Step>
            </>
          )}
        </>
      )}
      {may.withdraw && (
        <Step act="withdraw" title="Withdraw" states={states}>
          <Withdraw {...props} />
        </Step>
      )}
    </section>
  );
}

function Step({
  act,
  title,
  states,
  children,
}: {
  act: Act;
  title: string;
  states: DecisionProps["states"];
  children: ReactNode;
}) {
  return (
    <details name="decision" open={states[act] !== undefined}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Seen({ revisionId, saveNumber }: DecisionProps) {
  return (
    <>
      <input type="hidden" name="revision" defaultValue={revisionId} />
      <input type="hidden" name="saveNumber" defaultValue={saveNumber} />
    </>
  );
}

/** What has gone wrong with the text's address, which is no field of these forms. */
function AddressError({ state }: { state?: FormState }) {
  return state?.errors.slug ? <p className="field-error">{state.errors.slug}</p> : null;
}

function ForReaders({ act, ...props }: DecisionProps & { act: "publish" | "schedule" }) {
  if (!props.known) return null;
  const state = props.states[act];
  const errors = state?.errors ?? {};
  const chosen = state ? state.values.class : props.class;
  const noteId = `${act}-note`;
  return (
    <>
      <fieldset aria-describedby={errors.class ? `${act}-class-error` : undefined}>
        <legend>What kind of change is it?</legend>
        {revisionClasses.map((kind) => (
          <Fragment key={kind}>
            <label className="choice class-choice">
              <input type="radio" name="class" value={kind} required defaultChecked={chosen === kind} />
              <span>
                <strong>{revisionClassWords[kind].name}</strong>{" "}
                <span className="field-help">{revisionClassWords[kind].means}</span>
              </span>
            </label>
          </Fragment>
        ))}
        {errors.class && (
          <p className="field-error" id={`${act}-class-error`}>
            {errors.class}
          </p>
        )}
      </fieldset>
      <Field id={noteId} label="A note for readers" error={errors.note} help="One line: what has changed.">
        <input
          id={noteId}
          name="note"
          dir="auto"
          required
          maxLength={limits.revisionNote}
          defaultValue={state?.values.note ?? props.note}
          {...described(noteId, { error: errors.note, help: true })}
        />
      </Field>
    </>
  );
}

function Publish(props: DecisionProps) {
  const state = props.states.publish;
  return (
    <Sheet label="Publish now" action={props.actions.publish} state={state} button="Publish">
      <Seen {...props} />
      <AddressError state={state} />
      <ForReaders {...props} act="publish" />
      <p>{props.known ? "Readers see this text at once, in place of the present one." : "Readers see it at once."}</p>
    </Sheet>
  );
}

function Schedule(props: DecisionProps) {
  const state = props.states.schedule;
  const { clock } = props;
  const error = state?.errors.at;
  return (
    <Sheet label="Publish later" action={props.actions.schedule} state={state} button="Set the day">
      <Seen {...props} />
      <AddressError state={state} />
      <ForReaders {...props} act="schedule" />
      <Field
        id="schedule-at"
        label={`Day and time (${clock.zone})`}
        error={error}
        help={`By the clock of this site, which now shows ${clock.now.replace("T", ", ")} ${clock.zone}.`}
      >
        <input
          id="schedule-at"
          name="at"
          type="datetime-local"
          required
          min={clock.now}
          defaultValue={state?.values.at ?? clock.soon}
          {...described("schedule-at", { error, help: true })}
        />
      </Field>
    </Sheet>
  );
}

function Reason({
  act,
  label,
  help,
  state,
  optional,
}: {
  act: Act;
  label: string;
  help?: string;
  state?: FormState;
  optional?: boolean;
}) {
  const id = `${act}-reason`;
  const error = state?.errors.reason;
  return (
    <Field id={id} label={label} error={error} help={help}>
      <textarea
        id={id}
        name="reason"
        rows={4}
        dir="auto"
        required={!optional}
        data-limit={limits.editorialReason}
        defaultValue={state?.values.reason}
        {...described(id, { error, help: help !== undefined })}
      />
    </Field>
  );
}

function RequestChanges(props: DecisionProps) {
  const state = props.states.requestChanges;
  return (
    <Sheet label="Ask for changes" action={props.actions.requestChanges} state={state} button="Send it back">
      <Seen {...props} />
      <Reason
        act="requestChanges"
        label="What should change?"
        state={state}
        help="Its writers read this, also by mail."
      />
    </Sheet>
  );
}

function Withdraw(props: DecisionProps) {
  const state = props.states.withdraw;
  return (
    <Sheet label="Withdraw" action={props.actions.withdraw} state={state} button="Withdraw it" danger>
      <p>It is not published. Its text is kept and can be taken up again.</p>
      <input type="hidden" name="revision" defaultValue={props.revisionId} />
      <Reason act="withdraw" label="Why? (optional)" state={state} optional />
    </Sheet>
  );
}
