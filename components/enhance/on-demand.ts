// Brings in the greater part of the script (tools.ts) for those who need it: at once for who has been active here or came for
// something that it does, otherwise at the first sign of wanting to do something. What was pressed meanwhile is pressed again when it is
// there; when it cannot be had, the page's own links and forms do the work.
import { draftPlace, keysWith, UNSENT, write } from "@/components/enhance/storage";
import { unreachable } from "@/components/enhance/words";

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.dataset.tools : undefined;

/** What a first touch of means that somebody is about to do something. */
const controls = "comment-form, [data-action]";

/** What has work to do without being touched. */
const restless =
  "proof-of-work, account-link[data-known], password-field:not(comment-form *), textarea:not(:empty), .form-message[data-kind]";

/** Kept by readers who have only looked. */
const ofReaders = new Set(["colloquy-theme", "colloquy-changed"]);

let coming: Promise<void> | undefined;
let tries = 0;
/** The tools are there, or can do without. */
let settled = script === undefined;

const settle = () => {
  settled = true;
};

/** Answers when they are there, or could not be had this time: what failed is remembered by its address, so the next try has another. */
function bring(): Promise<void> {
  coming ??= import(tries++ ? `${script}?${tries}` : String(script)).then(settle, () => {
    coming = undefined;
  });
  return coming;
}

/** Without the tools the page's own way is taken, but not into nowhere, where what was written is lost. */
async function goOn(on: () => void, form?: HTMLElement | null): Promise<void> {
  await bring();
  const message = settled ? null : form?.querySelector<HTMLElement>(".form-message");
  const reached = () =>
    fetch("/healthz").then(
      () => true,
      () => false,
    );
  if (message && !(await reached())) {
    message.dataset.kind = "error";
    message.textContent = unreachable;
    return;
  }
  settle();
  on();
}

/** Somebody who is logged in, has posted, left unsent text, folded comments or switched keys off. */
function hasBeenActive(): boolean {
  const kept = [...keysWith("localStorage", "colloquy-"), ...keysWith("sessionStorage", "colloquy-")];
  return /(?:^|;\s*)colloquy-hint=1(?:;|$)/.test(document.cookie) || kept.some((key) => !ofReaders.has(key));
}

/** Whoever leaves before the tools are there finds what was typed on coming back, as if they had kept it. */
function keepTyped(): void {
  for (const composer of document.querySelectorAll<HTMLElement>("comment-form")) {
    const area = composer.querySelector("textarea");
    if (settled || !area || area.value === area.defaultValue) continue;
    const { article = "", parent = "" } = composer.dataset;
    const name = composer.querySelector<HTMLInputElement>("[name=name]")?.value ?? "";
    const typed = { body: area.value, name, at: Date.now() };
    write("localStorage", UNSENT + draftPlace(article, parent), JSON.stringify(typed));
  }
}

const leadsToComment = () => location.hash.startsWith("#c-");

const isPlain = (event: MouseEvent | KeyboardEvent) =>
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);

function within(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}

function onClick(event: MouseEvent): void {
  const control = settled || !isPlain(event) ? null : within(event, "[data-action]");
  if (!control) return;
  event.preventDefault();
  void goOn(() => control.click());
}

function onSubmit(event: SubmitEvent): void {
  const { target: form, submitter } = event;
  if (settled || !(form instanceof HTMLFormElement) || !form.closest("comment-form")) return;
  event.preventDefault();
  void goOn(() => form.requestSubmit(submitter), form);
}

/** The keys of `keys.ts`, where "?" needs Shift on most keyboards; and in a box for writing the one of `composing.ts`. */
function onKey(event: KeyboardEvent): void {
  const { key, target } = event;
  const sends = key === "Enter" && (event.ctrlKey || event.metaKey) && within(event, "comment-form textarea");
  const isOurs = key === "?" ? !event.defaultPrevented : ["j", "k", "r"].includes(key) && isPlain(event);
  const steps = isOurs && !within(event, "input, textarea, select") && document.querySelector("discussion-thread");
  if (settled || !(sends || steps)) return;
  event.preventDefault();
  void goOn(() => target?.dispatchEvent(new KeyboardEvent("keydown", event)), within(event, "form"));
}

export function comeOnDemand(): void {
  if (settled) return;
  // They work from now on, whenever what they do is there.
  for (const button of document.querySelectorAll<HTMLElement>("button[data-action][hidden]")) button.hidden = false;
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey);
  for (const sign of ["pointerover", "pointerdown", "focusin"])
    document.addEventListener(sign, (event) => within(event, controls) && bring(), { passive: true });
  addEventListener("pagehide", keepTyped);
  addEventListener("hashchange", () => leadsToComment() && bring());
  if (hasBeenActive() || leadsToComment() || document.querySelector(restless)) void bring();
}
