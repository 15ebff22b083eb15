// Limiting the network that a guest came from, for some hours. Moderators see neither the address nor anything that stands for it.
import { ButtonForm, type FormAction, Sheet } from "@/components/account/sheet";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { networkHours, networkSanctionKinds } from "@/lib/domain/sanction";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";
import { networkChoices } from "@/lib/ui/sanction-words";

interface NetworkLimitProps {
  network: {
    commentId: string;
    limits: readonly { id: number; kind: "PREMODERATE" | "BAN"; reason: string; endsAt: Date | null }[];
  };
  /** The person's key, to come back to. */
  who: string;
  actions: { limit: FormAction; lift: FormAction };
  state?: FormState;
}

export function NetworkLimit({ network, who, actions, state }: NetworkLimitProps) {
  return (
    <section aria-labelledby="network-heading">
      <h2 id="network-heading">Their network</h2>
      <p>
        For when somebody comes back with a new browser each time. It is about everybody there who has no account, so
        keep it short. The network is forgotten two days after its last comment.
      </p>
      {network.limits.length > 0 && (
        <ul className="rows plain-list">
          {network.limits.map(({ id, kind, reason, endsAt }) => (
            <li key={id} className="row-head">
              <p>
                {networkChoices[kind]}
                {endsAt && (
                  <>
                    {" until "}
                    <Day date={endsAt} exact />
                  </>
                )}
                : <bdi>{reason}</bdi>
              </p>
              <ButtonForm label={`Lift number ${id}: ${reason}`} action={actions.lift} button="Lift">
                <input type="hidden" name="id" defaultValue={id} />
                <input type="hidden" name="who" defaultValue={who} />
              </ButtonForm>
            </li>
          ))}
        </ul>
      )}
      <details className="network-limit" open={state !== undefined}>
        <summary>Limit this network</summary>
        <LimitForm commentId={network.commentId} who={who} action={actions.limit} state={state} />
      </details>
    </section>
  );
}

function LimitForm(props: { commentId: string; who: string; action: FormAction; state?: FormState }) {
  const { commentId, who, action, state } = props;
  const { values = {}, errors = {} } = state ?? {};
  return (
    <Sheet label="Limit this network" action={action} state={state} button="Limit it" danger>
      <input type="hidden" name="comment" defaultValue={commentId} />
      <input type="hidden" name="who" defaultValue={who} />
      <fieldset>
        <legend>What guests post from there is</legend>
        {networkSanctionKinds.map((kind) => (
          <label key={kind} className="choice">
            <input type="radio" name="kind" value={kind} defaultChecked={kind === (values.kind ?? "PREMODERATE")} />
            {networkChoices[kind]}
          </label>
        ))}
      </fieldset>
      <Field id="network-hours" label="How long">
        <select id="network-hours" name="hours" defaultValue={values.hours ?? networkHours[0]}>
          {networkHours.map((hours) => (
            <option key={hours} value={hours}>
              {countOf(hours, "hour")}
            </option>
          ))}
        </select>
      </Field>
      <Field id="network-reason" label="Why (whoever posts from there reads it)" error={errors.reason}>
        <textarea
          id="network-reason"
          name="reason"
          rows={2}
          required
          defaultValue={values.reason}
          {...described("network-reason", { error: errors.reason })}
        />
      </Field>
    </Sheet>
  );
}
