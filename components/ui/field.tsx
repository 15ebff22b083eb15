// One field of a form: its label, what helps to fill it, and what is wrong with it, tied together for every kind of reader.
import type { ReactNode } from "react";

/** The attributes that tie a control to its help and its error. */
export function described(id: string, { error, help }: { error?: string; help?: boolean }) {
  const ids = [error ? `${id}-error` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
}

interface FieldProps {
  /** The control's id. */
  id: string;
  label: string;
  error?: string;
  help?: ReactNode;
  /** The control. */
  children: ReactNode;
}

export function Field({ id, label, error, help, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {help && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
