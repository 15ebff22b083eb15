// The form of one discussion, and the pins above it.
import { ButtonForm, type FormAction, Sheet } from "@/components/account/sheet";
import { described, Field } from "@/components/ui/field";
import { discussionModes } from "@/lib/domain/settings";
import type { PinnedComment } from "@/lib/domain/thread";
import { type ManagedThread, slowChoices } from "@/lib/domain/thread-tools";
import type { FormState } from "@/lib/ui/form-state";
import { spanOf } from "@/lib/ui/labels";
import { modeChoices } from "@/lib/ui/screening-words";

interface ThreadFormProps {
  thread: ManagedThread & { pinned: readonly PinnedComment[] };
  action: FormAction;
  unpin: FormAction;
  state?: FormState;
}

export function ThreadForm({ thread, action, unpin, state }: ThreadFormProps) {
  const sent = state?.values;
  const { closes, reason } = state?.errors ?? {};
  const closesOn = thread.closesAt?.toISOString().slice(0, 10) ?? "";
  return (
    <>
      <Sheet label="Set this discussion" action={action} state={state} button="Save">
        <input type="hidden" name="slug" defaultValue={thread.slug} />
        {/* How it was when it came: what is left alone here is not put back to that when somebody else sets it meanwhile. */}
        <input type="hidden" name="wasLocked" defaultValue={sent ? (sent.wasLocked ?? "") : thread.locked ? "1" : ""} />
        <input type="hidden" name="wasMode" defaultValue={sent?.wasMode ?? thread.mode ?? ""} />
        <input type="hidden" name="wasSlow" defaultValue={sent?.wasSlow ?? String(thread.slowSeconds ?? "")} />
        <input type="hidden" name="wasCloses" defaultValue={sent?.wasCloses ?? closesOn} />
        <label className="choice">
          <input type="checkbox" name="locked" value="1" defaultChecked={sent ? sent.locked === "1" : thread.locked} />
          Locked: it can be read, and nothing new can be posted
        </label>
        <Field id="mode" label="How comments come to be seen">
          <select id="mode" name="mode" defaultValue={sent?.mode ?? thread.mode ?? ""}>
            <option value="">As everywhere on this site</option>
            {discussionModes.map((mode) => (
              <option key={mode} value={mode}>
                {modeChoices[mode].name}
              </option>
            ))}
          </select>
        </Field>
        <Field id="slow" label="Slow mode" help="How long everybody waits between two comments here.">
          <select
            id="slow"
            name="slow"
            defaultValue={sent?.slow ?? String(thread.slowSeconds ?? "")}
            {...described("slow", { help: true })}
          >
            <option value="">As everywhere on this site</option>
            {slowChoices.map((seconds) => (
              <option key={seconds} value={seconds}>
                {spanOf(seconds)}
              </option>
            ))}
          </select>
        </Field>
        <Field
          id="closes"
          label="Closes by itself after"
          help="At the end of that day, UTC. Leave it empty to keep it open."
          error={closes}
        >
          <input
            id="closes"
            name="closes"
            type="date"
            defaultValue={sent?.closes ?? closesOn}
            {...described("closes", { error: closes, help: true })}
          />
        </Field>
        <Field id="reason" label="Why, for everybody" help="It stands in the public log. Optional." error={reason}>
          <input
            id="reason"
            name="reason"
            dir="auto"
            defaultValue={sent?.reason}
            {...described("reason", { error: reason, help: true })}
          />
        </Field>
      </Sheet>
      <section aria-labelledby="pinned-heading">
        <h2 id="pinned-heading">Pinned</h2>
        {thread.pinned.length === 0 && <p>Nothing is pinned. Pin a comment from its own page.</p>}
        <ul className="rows plain-list">
          {thread.pinned.map(({ id, author, opening }) => (
            <li key={id}>
              <p>
                <bdi className="speaker">{author.name}</bdi>{" "}
                <a href={`/comments/${id}`} dir="auto">
                  {opening}
                </a>
              </p>
              <ButtonForm label={`Unpin the comment of ${author.name}`} action={unpin} button="Unpin">
                <input type="hidden" name="id" defaultValue={id} />
              </ButtonForm>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
