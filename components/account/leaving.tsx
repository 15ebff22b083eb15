// Leaving for good: the form for it, and the way back while there is one.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { ConfirmField, PasswordField } from "@/components/account/text-field";
import { Day } from "@/components/ui/day";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";

const modes = [
  ["DISOWN", "What I wrote stays, under nobody’s name"],
  ["DELETE", "My comments are deleted; replies to them stay"],
] as const;

interface LeaveFormProps {
  action: FormAction;
  state?: FormState;
  /** Without one, having logged in a moment ago is enough. */
  hasPassword: boolean;
}

export function LeaveForm({ action, state, hasPassword }: LeaveFormProps) {
  const error = state?.errors.mode;
  return (
    <Sheet label="Delete my account" action={action} state={state} button="Delete my account" danger>
      <p>
        Your name, your address, your log-ins and tokens go. You have {limits.leavingDays} days to change your mind: log
        in and come back here.
      </p>
      <fieldset aria-describedby={error ? "mode-error" : undefined}>
        <legend>Your comments</legend>
        {modes.map(([value, label]) => (
          <label key={value} className="choice">
            <input type="radio" name="mode" value={value} required defaultChecked={state?.values.mode === value} />
            {label}
          </label>
        ))}
        {error && (
          <p className="field-error" id="mode-error">
            {error}
          </p>
        )}
      </fieldset>
      {hasPassword && (
        <PasswordField name="password" label="Your password" autoComplete="current-password" state={state} />
      )}
      <ConfirmField state={state} />
    </Sheet>
  );
}

export function StayForm({ action, until, state }: { action: FormAction; until: Date; state?: FormState }) {
  return (
    <>
      <p>
        Your account will be deleted on{" "}
        <strong>
          <Day date={until} long />
        </strong>
        .
      </p>
      <Sheet label="Keep my account" action={action} state={state} button="Keep my account" />
    </>
  );
}
