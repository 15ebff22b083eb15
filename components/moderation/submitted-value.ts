// Which of a form's buttons was pressed.
import type { FormEvent } from "react";

/** The value of the button that sends the form; empty when none did. */
export function submittedValue(event: FormEvent): string {
  const { nativeEvent } = event;
  const button = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return button instanceof HTMLButtonElement ? button.value : "";
}
