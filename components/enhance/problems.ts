// Shows in a form what the server found wrong: each sentence at its field, the rest in the form's message.
import { make } from "@/components/enhance/make";
import type { Problem } from "@/components/enhance/server";
import { messageParts } from "@/lib/ui/message-parts";

let numbered = 0;

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isControl(element: unknown): element is Control {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/** The control of this name; of several radio buttons the first. */
export function controlOf(form: HTMLFormElement, name: string): Control | undefined {
  const found = form.elements.namedItem(name);
  const control = found instanceof RadioNodeList ? found[0] : found;
  return isControl(control) ? control : undefined;
}

/** What was typed into the field of this name; "" when there is no such field. */
export function fieldText(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? "");
}

export function setField(form: HTMLFormElement, name: string, value: string): void {
  const control = controlOf(form, name);
  if (control) control.value = value;
}

/** Adds (or takes away) an id in the control's list of descriptions. */
export function describeBy(control: Element, id: string, present: boolean): void {
  const ids = new Set((control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (present) ids.add(id);
  else ids.delete(id);
  if (ids.size > 0) control.setAttribute("aria-describedby", [...ids].join(" "));
  else control.removeAttribute("aria-describedby");
}

/** The form's own message; drawn at the form's end when the form came without one. */
export function showMessage(form: HTMLFormElement, sentence: string, kind: "error" | "done" = "done"): HTMLElement {
  let message = form.querySelector<HTMLElement>(".form-message");
  if (!message) {
    message = make("p", { class: "form-message", role: "status" });
    form.append(message);
  }
  message.hidden = false;
  message.dataset.kind = kind;
  message.replaceChildren(...messageParts(sentence).map(({ text, href }) => (href ? make("a", { href }, text) : text)));
  message.scrollIntoView({ block: "nearest" });
  return message;
}

/** Forgets what was wrong. */
export function clearProblems(form: HTMLFormElement): void {
  const errors = [...form.querySelectorAll(".field-error")];
  for (const control of form.elements) {
    control.removeAttribute("aria-invalid");
    for (const error of errors) describeBy(control, error.id, false);
  }
  for (const error of errors) error.remove();
  const message = form.querySelector<HTMLElement>(".form-message");
  if (message) {
    message.textContent = "";
    delete message.dataset.kind;
  }
}

/** Shows the problem and brings the reader to the first field that is named. */
export function showProblem(form: HTMLFormElement, problem: Problem): void {
  let first: Control | undefined;
  const message = new Set([problem.detail]);
  for (const [name, sentence] of Object.entries(problem.fields)) {
    const control = controlOf(form, name);
    if (!control || control.type === "hidden") {
      message.add(sentence);
      continue;
    }
    message.delete(sentence); // Said at the field, it need not be said twice.
    numbered += 1;
    const error = make("p", { class: "field-error", id: `field-error-${numbered}` }, sentence);
    // A radio button's sentence belongs under the whole group.
    (control.type === "radio" ? (control.closest("fieldset")?.lastElementChild ?? control) : control).after(error);
    control.setAttribute("aria-invalid", "true");
    describeBy(control, error.id, true);
    first ??= control;
  }
  showMessage(form, [...message].join(" "), "error");
  first?.focus();
}
