// How comments of the whole site are screened, as a form: first what most sites change, then what few do.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { described, Field } from "@/components/ui/field";
import { discussionModes, type ModerationSettings } from "@/lib/domain/settings";
import type { FormState } from "@/lib/ui/form-state";
import { modeChoices, slowChoices } from "@/lib/ui/screening-words";

interface SettingsFormProps {
  settings: ModerationSettings;
  action: FormAction;
  state?: FormState;
}

type NumberName = Exclude<keyof ModerationSettings, "mode" | "names">;

function NumberField(props: {
  form: SettingsFormProps;
  name: NumberName;
  label: string;
  help?: string;
  min: number;
  max: number;
}) {
  const { form, name, label, help, min, max } = props;
  const error = form.state?.errors[name];
  return (
    <Field id={name} label={label} error={error} help={help}>
      <input
        id={name}
        className="short"
        name={name}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        required
        defaultValue={form.state?.values[name] ?? form.settings[name]}
        {...described(name, { error, help: help !== undefined })}
      />
    </Field>
  );
}

function Modes({ settings, state }: SettingsFormProps) {
  const chosen = state?.values.mode ?? settings.mode;
  return (
    <fieldset>
      <legend>Comments are</legend>
      {discussionModes.map((mode) => (
        <label key={mode} className="choice tall">
          <input type="radio" name="mode" value={mode} defaultChecked={mode === chosen} />
          <span className="choice-text">
            {modeChoices[mode].name}
            <span className="field-help choice-help">{modeChoices[mode].says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function SlowMode({ settings, state }: SettingsFormProps) {
  const chosen = Number(state?.values.slowSeconds ?? settings.slowSeconds);
  const choices = slowChoices.some(([seconds]) => seconds === chosen)
    ? slowChoices
    : [...slowChoices, [chosen, `${chosen} seconds`] as const];
  return (
    <Field id="slowSeconds" label="Between two comments of one person under an article, wait">
      <select id="slowSeconds" name="slowSeconds" defaultValue={chosen}>
        {choices.map(([seconds, name]) => (
          <option key={seconds} value={seconds}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function ModerationSettingsForm(form: SettingsFormProps) {
  return (
    <Sheet label="How comments come to be seen" action={form.action} state={form.state} button="Save">
      <p>An article can have its own way; this is for all others. What moderators write is never held.</p>
      <Modes {...form} />
      <div className="pair">
        <NumberField
          form={form}
          name="firstComments"
          label="First comments that are held"
          help="Counts with “Hold first comments”."
          min={1}
          max={20}
        />
        <NumberField
          form={form}
          name="guestLinks"
          label="Links a guest may post"
          help="With more, a moderator looks first."
          min={0}
          max={100}
        />
      </div>
      <div className="pair">
        <SlowMode {...form} />
        <NumberField
          form={form}
          name="closeAfterDays"
          label="Close discussions after so many days"
          help="0 keeps them open."
          min={0}
          max={3650}
        />
      </div>
      <NumberField
        form={form}
        name="reportWeight"
        label="Reports that hold a comment"
        help="A new reporter counts 1; somebody who was often right up to 2, who was often wrong down to a quarter."
        min={1}
        max={50}
      />
      <NumberField
        form={form}
        name="spamPercent"
        label="Hold what looks like spam from so many percent on"
        help="The filter learns from what moderators decide, and is asked once it knows twenty comments of each kind. 100 never holds."
        min={50}
        max={100}
      />
      <NumberField
        form={form}
        name="ruleSharePercent"
        label="A rule is believed to be wrong when it fits more than so many percent"
        help="Of all comments in three hours. It then refuses nothing any more, and moderators are told."
        min={1}
        max={100}
      />
      <Field id="names" label="In the public log moderators stand under">
        <select id="names" name="names" defaultValue={form.state?.values.names ?? form.settings.names}>
          <option value="PSEUDONYM">a lasting name made for them</option>
          <option value="NAME">their own name</option>
        </select>
      </Field>
    </Sheet>
  );
}
