// What is told once and never again: a new token, a recovery code.
import type { ReactNode } from "react";

interface SecretProps {
  secret: string;
  label: string;
  /** What to do with it. */
  children: ReactNode;
}

export function Secret({ secret, label, children }: SecretProps) {
  return (
    <section aria-labelledby="secret-heading">
      <h2 id="secret-heading">{label}</h2>
      <p
        role="status"
        // The answer to a form opens where the answer is.
        tabIndex={-1}
        // biome-ignore lint/a11y/noAutofocus: only in the answer to a form that was just sent from here
        autoFocus
      >
        <code className="secret">{secret}</code>
      </p>
      <p>{children}</p>
    </section>
  );
}
