// Reading a thread with single keys; they can be switched off, since some people's tools type by themselves.
import { openDialog } from "@/components/enhance/dialog";
import { make } from "@/components/enhance/make";
import { erase, read, write } from "@/components/enhance/storage";
import { words } from "@/components/enhance/words";

const KEY = "colloquy-keys";

let current: HTMLElement | undefined;

function areOn(): boolean {
  return read("localStorage", KEY) !== "off";
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
}

/** The comment the reader is at: where the focus is, or where the keys led last. */
function here(): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("article.comment");
  return focused ?? (current?.isConnected ? current : undefined);
}

function step(thread: Element, by: 1 | -1): void {
  const comments = [...thread.querySelectorAll<HTMLElement>("article.comment")].filter((each) =>
    each.checkVisibility(),
  );
  const from = here();
  const next = from
    ? comments[comments.indexOf(from) + by]
    : comments.find((each) => each.getBoundingClientRect().bottom > 0);
  if (!next) return;
  current = next;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** The list of keys, with the switch that turns them off. */
export function openKeysHelp(): void {
  const list = make("dl", { class: "keys" });
  for (const [key, meaning] of words.keys) {
    list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, meaning));
  }
  const box = make("input", { type: "checkbox" });
  box.checked = areOn();
  box.addEventListener("change", () => {
    if (box.checked) erase("localStorage", KEY);
    else write("localStorage", KEY, "off");
  });
  openDialog(words.keysTitle, words.close, list, make("label", {}, box, " ", words.keysOn));
}

/** Handles a key that was pressed anywhere on the page. */
export function handleKey(event: KeyboardEvent, thread: Element): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (!"jkr?".includes(event.key) || isTyping(event.target) || document.querySelector("dialog[open]") || !areOn())
    return;
  const reply = here()?.querySelector<HTMLElement>('[data-action="reply"]');
  if (event.key === "r" && !reply) return;
  event.preventDefault();
  if (event.key === "?") openKeysHelp();
  else if (event.key === "r") reply?.click();
  else step(thread, event.key === "j" ? 1 : -1);
}

/**
 * Shows the page's button that opens the list. A page without one gets it only where the keys are off, as the way back:
 * for everybody else nothing on the page moves.
 */
export function prepareKeysButton(root: Element, thread: Element): void {
  const drawn = root.querySelector<HTMLElement>('button[data-action="keys"]');
  if (drawn) drawn.hidden = false;
  else if (!areOn())
    thread.append(make("button", { type: "button", class: "keys-button", "data-action": "keys" }, words.keysTitle));
}
