// The buttons over the text, each with its key, and how many words there are.
import type { StateCommand } from "@codemirror/state";
import type { CodeEditor } from "@/components/enhance/desk/code-editor";
import { bold, code, heading, italic, link, list, quote } from "@/components/enhance/desk/formatting";
import { choosePicture } from "@/components/enhance/desk/picture";
import { words } from "@/components/enhance/desk/words";
import { make } from "@/components/enhance/make";
import { countWords } from "@/lib/text/words";

/** [name, word, key, what it does] */
const tools: readonly (readonly [name: string, label: string, key: string, run: StateCommand])[] = [
  ["bold", words.bold, "B", bold],
  ["italic", words.italic, "I", italic],
  ["heading", words.heading, "Alt+2", heading],
  ["link", words.link, "K", link],
  ["list", words.list, "Shift+8", list],
  ["quote", words.quote, "Shift+9", quote],
  ["code", words.code, "E", code],
];

/** Counting ten thousand words takes a few milliseconds: not for every letter. */
const countAfterMs = 400;

/** Draws the bar before `box`. @returns says that the text has changed */
export function drawToolbar(box: HTMLElement, editor: CodeEditor): () => void {
  const modifier = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";
  const bar = make("div", { class: "editor-bar", role: "group", "aria-label": words.formatting });
  for (const [name, label, key, run] of tools) {
    const button = make(
      "button",
      { type: "button", class: "tool", "data-tool": name, title: `${label} (${modifier}${key})` },
      label,
    );
    button.addEventListener("click", () => editor.run(run));
    bar.append(button);
  }
  const picture = make("button", { type: "button", class: "tool", "data-tool": "picture" }, words.picture);
  picture.addEventListener("click", () => choosePicture(editor));
  bar.append(picture);
  const counter = make("span", { class: "editor-count house" });
  bar.append(counter);
  box.before(bar);
  const number = new Intl.NumberFormat("en-GB");
  const count = () => {
    const total = countWords(editor.text());
    counter.textContent = words.count(number.format(total), total === 1);
  };
  let timer = 0;
  count();
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(count, countAfterMs);
  };
}
