// Bringing a picture into the text: chosen, pasted or dropped, described in a small dialog, sent, and put in as a line of Markdown.
import type { StateCommand } from "@codemirror/state";
import { words } from "@/components/enhance/desk/words";
import { openDialog } from "@/components/enhance/dialog";
import { isRecord, textOf } from "@/components/enhance/json";
import { make } from "@/components/enhance/make";

/** The kinds that the server knows, for the choice of files; it judges by content itself. */
const kinds = "image/jpeg,image/png,image/webp,image/gif";

interface Target {
  run(command: StateCommand): void;
}

/** Listens for pictures that are pasted into `host` or dropped on it. */
export function takePictures(host: HTMLElement, editor: Target): void {
  const take = (event: Event, files: FileList | undefined) => {
    const picture = [...(files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    event.stopPropagation();
    askAndSend(picture, editor);
  };
  // Before the editor itself, which would take a file's name for text.
  host.addEventListener("paste", (event) => take(event, event.clipboardData?.files), { capture: true });
  host.addEventListener("drop", (event) => take(event, event.dataTransfer?.files), { capture: true });
  host.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
}

/** Lets somebody choose a picture from their files. */
export function choosePicture(editor: Target): void {
  const input = make("input", { type: "file", accept: kinds });
  input.addEventListener("change", () => {
    const picture = input.files?.[0];
    if (picture) askAndSend(picture, editor);
  });
  input.click();
}

/** Asks what the picture shows, sends it, and puts its line where the cursor is. A refusal is told in the dialog, which stays. */
function askAndSend(picture: File, editor: Target): void {
  const alt = make("input", { id: "picture-alt", required: "", dir: "auto", autocomplete: "off" });
  const problem = make("p", { role: "status" });
  const send = make("button", { type: "submit" }, words.sendPicture);
  const form = make(
    "form",
    { class: "picture-form" },
    make("p", { class: "house" }, picture.name),
    make("p", { class: "field" }, make("label", { for: "picture-alt" }, words.pictureAlt), alt),
    problem,
    make("p", { class: "buttons" }, send),
  );
  const dialog = openDialog(words.picture, words.cancel, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send.disabled = true;
    problem.textContent = words.sendingPicture;
    void sendPicture(picture, alt.value).then((answer) => {
      send.disabled = false;
      if ("problem" in answer) problem.textContent = answer.problem;
      else {
        dialog.close();
        editor.run(putLine(answer.markdown));
      }
    });
  });
  alt.focus();
}

async function sendPicture(file: File, alt: string): Promise<{ markdown: string } | { problem: string }> {
  const body = new FormData();
  body.set("file", file);
  body.set("alt", alt);
  try {
    const answer = await fetch("/api/v1/files", { method: "POST", body });
    const said: unknown = await answer.json();
    if (!isRecord(said)) return { problem: words.pictureNotSent };
    return answer.ok ? { markdown: textOf(said.markdown) } : { problem: textOf(said.detail) || words.pictureNotSent };
  } catch {
    return { problem: words.pictureNotSent };
  }
}

/** A paragraph of its own: pictures stand alone. */
function putLine(line: string): StateCommand {
  return ({ state, dispatch }) => {
    const { from, to } = state.selection.main;
    const before = state.sliceDoc(Math.max(0, from - 2), from);
    const lead = from === 0 || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const insert = `${lead}${line}\n\n`;
    dispatch(
      state.update({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        scrollIntoView: true,
        userEvent: "input",
      }),
    );
    return true;
  };
}
