// A person's page on the moderators' desk: what is known of them, what is laid on them and what they wrote last; beside it what can be laid
// on them.
import type { ReactNode } from "react";
import { ButtonForm, type FormAction, Sheet } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { LastComments, SanctionLine } from "@/components/moderation/person-card";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import type { PersonHistory, SanctionView } from "@/lib/domain/moderation-queue";
import { sanctionDays, sanctionKinds } from "@/lib/domain/sanction";
import type { FormState } from "@/lib/ui/form-state";
import { countOf, roleLabels } from "@/lib/ui/labels";
import { countsWords, sanctionChoices } from "@/lib/ui/moderation-words";

interface ModeratedPersonProps {
  person: PersonHistory;
  /** Whom the forms are about: "member-12", "visitor-33". */
  about: string;
  may: { sanction: boolean };
  now: Date;
  actions: { sanction: FormAction; lift: FormAction };
  state?: FormState;
  liftState?: FormState;
  /** What can be done beside: about the network that they came from. */
  children: ReactNode;
}

function isInForce({ kind, liftedAt, acknowledgedAt, endsAt }: SanctionView, now: Date): boolean {
  return kind !== "NOTE" && liftedAt === null && acknowledgedAt === null && (endsAt === null || endsAt > now);
}

export function ModeratedPerson(props: ModeratedPersonProps) {
  const { person, may, now, actions, liftState } = props;
  const inForce = person.sanctions.filter((sanction) => isInForce(sanction, now));
  const rest = person.sanctions.filter((sanction) => !inForce.includes(sanction));
  return (
    <>
      <section aria-label="Who">
        <p>
          {person.handle ? (
            <>
              <a href={`/people/${person.handle}`}>@{person.handle}</a>
              {person.roles.map((role) => `, ${roleLabels[role]}`)}, since <Day date={person.since} />
            </>
          ) : (
            <>
              Somebody without an account, known by what one browser left here since <Day date={person.since} />. No
              address is kept.
            </>
          )}
          {person.suspended && ". The account is suspended"}
        </p>
        <p>
          Comments: {countsWords(person.counts)}.{" "}
          <a href={`/desk/moderation?tab=held&by=${person.key}`}>What waits from them</a>
        </p>
      </section>
      <div className="person-columns">
        <div className="person-record">
          <section aria-labelledby="now-heading">
            <h2 id="now-heading">In force</h2>
            <FormNews state={liftState} />
            {inForce.length === 0 ? (
              <p className="empty">Nothing keeps them from posting.</p>
            ) : (
              <ul className="rows plain-list">
                {inForce.map((sanction) => (
                  <li key={sanction.id} className="row-head">
                    <p>
                      <SanctionLine sanction={sanction} />
                    </p>
                    {may.sanction && (
                      <ButtonForm
                        label={`Lift number ${sanction.id}: ${sanction.reason}`}
                        action={actions.lift}
                        button="Lift"
                      >
                        <input type="hidden" name="id" value={sanction.id} />
                        <input type="hidden" name="who" value={person.key} />
                      </ButtonForm>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </section>
          {rest.length > 0 && (
            <section aria-labelledby="before-heading">
              <h2 id="before-heading">Notes, and what is over</h2>
              <ul className="plain-list sanction-lines">
                {rest.map((sanction) => (
                  <li key={sanction.id}>
                    <SanctionLine sanction={sanction} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="last-heading">
            <h2 id="last-heading">Last comments</h2>
            {person.last.length === 0 ? <p className="empty">None yet.</p> : <LastComments comments={person.last} />}
          </section>
        </div>
        <div className="person-deeds">
          {may.sanction ? (
            <section aria-labelledby="sanction-heading">
              <h2 id="sanction-heading">Note, warn, limit</h2>
              <SanctionForm {...props} />
            </section>
          ) : (
            <p className="house-note">Of staff, and of oneself, an admin has to decide.</p>
          )}
          {props.children}
        </div>
      </div>
    </>
  );
}

function SanctionForm({ person, about, actions, state }: ModeratedPersonProps) {
  const { values = {}, errors = {} } = state ?? {};
  return (
    <Sheet label="Note, warn, limit" action={actions.sanction} state={state} button="Do it">
      <input type="hidden" name="about" value={about} />
      <input type="hidden" name="who" value={person.key} />
      <fieldset>
        <legend>What</legend>
        {errors.kind && <p className="field-error">{errors.kind}</p>}
        {sanctionKinds.map((kind) => (
          <label key={kind} className="choice tall">
            <input type="radio" name="kind" value={kind} defaultChecked={values.kind === kind} />
            <span className="choice-text">
              <strong>{sanctionChoices[kind].label}</strong>{" "}
              <span className="house">{sanctionChoices[kind].means}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field
        id="reason"
        label="Why"
        error={errors.reason}
        help="The person reads it, unless it is a note: that is for moderators alone."
      >
        <textarea
          id="reason"
          name="reason"
          rows={3}
          maxLength={limits.sanctionReason}
          defaultValue={values.reason}
          {...described("reason", { error: errors.reason, help: true })}
        />
      </Field>
      <Field id="days" label="How long" error={errors.days} help="A note stays; a warning lasts until it is read.">
        <select
          id="days"
          name="days"
          defaultValue={values.days ?? ""}
          {...described("days", { error: errors.days, help: true })}
        >
          <option value="">Until it is lifted</option>
          {sanctionDays.map((days) => (
            <option key={days} value={days}>
              {countOf(days, "day")}
            </option>
          ))}
        </select>
      </Field>
    </Sheet>
  );
}
