// A box above the page, drawn when asked for and gone when closed; the browser keeps and returns the focus.
import { make } from "@/components/enhance/make";
import { words } from "@/components/enhance/words";

const TITLE_ID = "dialog-title";

/** Opens a modal dialog with a title, the given content and a button that closes it. */
export function openDialog(title: string, closeWord: string = words.close, ...content: Node[]): HTMLDialogElement {
  const close = make("button", { type: "button", class: "quiet" }, closeWord);
  const dialog = make(
    "dialog",
    { class: "dialog", "aria-labelledby": TITLE_ID },
    make("h2", { id: TITLE_ID }, title),
    ...content,
  );
  (dialog.querySelector(".buttons") ?? dialog).append(close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
