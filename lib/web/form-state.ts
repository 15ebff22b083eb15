import "server-only";
// What a form's action has left for the page that is drawn in its answer.
import { currentExchange } from "@/lib/edge/exchange";
import type { FormState } from "@/lib/ui/form-state";

function isFormState(value: unknown): value is FormState {
  return typeof value === "object" && value !== null && "form" in value && "values" in value && "errors" in value;
}

/** The state of the form with this name, when this request has sent it. */
export function formStateOf(form: string): FormState | undefined {
  const state = currentExchange()?.formState;
  return isFormState(state) && state.form === form ? state : undefined;
}

/** Whether the page that is drawn answers a form that was sent from it. */
export function isAnswerToForm(): boolean {
  return isFormState(currentExchange()?.formState);
}

/** What somebody has written into the form that this request has sent. */
export function writtenInForm(): string[] {
  const state = currentExchange()?.formState;
  return isFormState(state) ? written(state.values) : [];
}

/** A number, a day, an address, a choice: what forms carry along, and what is quickly said again. */
const single = /^[\x21-\x7e]*$/;

/** Of a form's fields those that somebody has written: more than one word, or one in a script that parts none. */
export function written(values: Record<string, string>): string[] {
  return [...new Set(Object.values(values))].filter((value) => !single.test(value.trim()));
}

/** Leaves a state for the page. */
export function leaveFormState(state: FormState): void {
  const exchange = currentExchange();
  if (exchange) exchange.formState = state;
}
