// What the site is for everybody, as a form.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import type { SiteSettings } from "@/lib/domain/settings";
import type { FormState } from "@/lib/ui/form-state";

interface SiteFormProps {
  settings: SiteSettings;
  /** The names of time zones to choose from. */
  timeZones: readonly string[];
  action: FormAction;
  state?: FormState;
}

export function SiteForm({ settings, timeZones, action, state }: SiteFormProps) {
  const { errors = {}, values } = state ?? {};
  return (
    <Sheet label="The site itself" action={action} state={state} button="Save">
      <Field id="site-name" label="Name" error={errors.name}>
        <input
          id="site-name"
          name="name"
          dir="auto"
          required
          maxLength={limits.siteName * 2}
          defaultValue={values?.name ?? settings.name}
          {...described("site-name", { error: errors.name })}
        />
      </Field>
      <Field id="tagline" label="Motto" help="A few words under the name. It may be empty." error={errors.tagline}>
        <input
          id="tagline"
          name="tagline"
          dir="auto"
          maxLength={limits.tagline * 2}
          defaultValue={values?.tagline ?? settings.tagline}
          {...described("tagline", { error: errors.tagline, help: true })}
        />
      </Field>
      <Field
        id="time-zone"
        label="Time zone"
        help="Editors set the time of a publication by this clock. Readers see days in UTC."
        error={errors.timeZone}
      >
        <select
          id="time-zone"
          name="timeZone"
          defaultValue={values?.timeZone ?? settings.timeZone}
          {...described("time-zone", { error: errors.timeZone, help: true })}
        >
          {timeZones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </Field>
      <label className="choice">
        <input
          type="checkbox"
          name="membersWrite"
          value="1"
          defaultChecked={values ? values.membersWrite === "1" : settings.membersWrite}
        />
        Every member may begin articles; an editor reviews them before they are published
      </label>
    </Sheet>
  );
}
