// One line to type: a name, an address, a password. What was typed and what is wrong with it come from the form's state.
import type { HTMLInputAutoCompleteAttribute, ReactNode } from "react";
import { described, Field } from "@/components/ui/field";
import type { FormState } from "@/lib/ui/form-state";

interface TextFieldProps {
  name: string;
  label: string;
  state?: FormState;
  help?: ReactNode;
  type?: "text" | "email";
  autoComplete?: HTMLInputAutoCompleteAttribute;
  /** What stands there before anything was typed. */
  value?: string;
  /** Names people gave themselves run their own way. */
  dir?: "auto" | "ltr";
  /** Unique on the page; the name where it is left out. */
  id?: string;
  optional?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { name, label, state, help, type = "text", autoComplete, value, dir, id = name, optional } = props;
  const error = state?.errors[name];
  const plain = dir !== "auto";
  return (
    <Field id={id} label={label} error={error} help={help}>
      <input
        id={id}
        name={name}
        type={type}
        dir={dir}
        required={!optional}
        autoComplete={autoComplete}
        autoCapitalize={plain ? "none" : undefined}
        spellCheck={plain ? false : undefined}
        defaultValue={state?.values[name] ?? value}
        {...described(id, { error, help: help !== undefined })}
      />
    </Field>
  );
}

interface PasswordFieldProps {
  name: string;
  label: string;
  state?: FormState;
  help?: ReactNode;
  autoComplete: "current-password" | "new-password";
  id?: string;
  optional?: boolean;
}

/** A password: never given back, never limited in what can be pasted; <password-field> adds a switch that shows it. */
export function PasswordField(props: PasswordFieldProps) {
  const { name, label, state, help, autoComplete, id = name, optional } = props;
  const error = state?.errors[name];
  return (
    <Field id={id} label={label} error={error} help={help}>
      <password-field>
        <input
          id={id}
          name={name}
          type="password"
          required={!optional}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          {...described(id, { error, help: help !== undefined })}
        />
      </password-field>
    </Field>
  );
}

/** Stands in a form that asks for the password once more, when the last try was told so; without a password the service is asked. */
export function ConfirmField({ state, id = "confirmPassword" }: { state?: FormState; id?: string }) {
  if (state?.confirmBy) return <ConfirmButtons services={state.confirmBy} />;
  if (!state?.errors.confirmPassword) return null;
  return (
    <PasswordField
      id={id}
      name="confirmPassword"
      label="Your password, once more"
      state={state}
      autoComplete="current-password"
    />
  );
}

/** Buttons of the form that lead to a service instead, and back to this page. */
function ConfirmButtons({ services }: { services: readonly { id: string; name: string }[] }) {
  return (
    <p className="buttons">
      {services.map(({ id, name }) => (
        <button
          key={id}
          type="submit"
          className="quiet"
          name="intent"
          value="confirm"
          formAction={`/api/auth/signin/${id}`}
          formMethod="post"
          formEncType="application/x-www-form-urlencoded"
          formNoValidate
        >
          Confirm with {name}
        </button>
      ))}
    </p>
  );
}
