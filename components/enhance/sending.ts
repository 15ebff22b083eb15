// Sends a form once: a second click while it is on its way, or while the server asked to wait, does nothing.
import { make } from "@/components/enhance/make";
import { clearProblems, showMessage, showProblem } from "@/components/enhance/problems";
import { prove } from "@/components/enhance/proof";
import type { Answer } from "@/components/enhance/server";
import { words } from "@/components/enhance/words";

/** When a 429 does not say how long: about what the server's smallest window lasts. */
const WAIT_S = 30;

const closed = new WeakSet<HTMLFormElement>();

/** Not `disabled`: a disabled button loses the focus of the one who pressed it. */
function setClosed(form: HTMLFormElement, isClosed: boolean): void {
  if (isClosed) closed.add(form);
  else closed.delete(form);
  for (const button of form.querySelectorAll("button:not([type=button]):not([value=preview])")) {
    if (isClosed) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function setBusy(form: HTMLFormElement, busy: boolean): void {
  setClosed(form, busy);
  form.toggleAttribute("data-busy", busy);
  // What is on its way is what is seen.
  for (const area of form.querySelectorAll("textarea")) area.readOnly = busy;
}

/** Counts down beside the message, and opens the form again at the end. */
function waitOut(form: HTMLFormElement, seconds: number): void {
  const end = Date.now() + seconds * 1000;
  setClosed(form, true);
  // Only for the eye: heard every second it would be a torment.
  const left = make("span", { class: "wait", "aria-hidden": "true" });
  form.querySelector(".form-message")?.append(" ", left);
  const tick = () => {
    const rest = Math.ceil((end - Date.now()) / 1000);
    left.textContent = words.waitLeft(Math.max(0, rest));
    if (rest > 0) return;
    clearInterval(timer);
    setClosed(form, false);
    if (left.isConnected) showMessage(form, words.waitOver);
  };
  const timer = setInterval(tick, 1000);
  tick();
}

export interface Sending {
  /** @param proof of work, when the first answer asked for one */
  request: (proof?: string) => Promise<Answer>;
  /** The form stays closed until this is over, so that it cannot send an emptied box. */
  done: (data: Record<string, unknown>) => Promise<void> | void;
}

/** Sends the form and shows what came of it; resolves when the form may be used again or has to wait. */
export async function send(form: HTMLFormElement, { request, done }: Sending): Promise<void> {
  if (closed.has(form)) return;
  clearProblems(form);
  setBusy(form, true);
  let answer = await request();
  if (!answer.ok && answer.problem.challenge) {
    // Also without one: then the server knows that this browser cannot make any.
    answer = await request(await prove(answer.problem.challenge));
  }
  try {
    if (answer.ok) await done(answer.data);
  } finally {
    setBusy(form, false);
  }
  if (answer.ok) return;
  const { problem } = answer;
  if (problem.status !== 429) return showProblem(form, problem);
  const seconds = problem.retryAfter || WAIT_S;
  showProblem(form, { ...problem, detail: problem.detail === words.refused ? words.wait(seconds) : problem.detail });
  waitOut(form, seconds);
}
