// CodeMirror over the text box of the form. The text box stays the truth for the form; the editor writes back into it. Tab is left alone:
// it leads out, as everywhere.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdownKeymap, markdownLanguage } from "@codemirror/lang-markdown";
import { LanguageSupport } from "@codemirror/language";
import {
  ChangeSet,
  EditorState,
  type Extension,
  RangeSetBuilder,
  type StateCommand,
  Transaction,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { bold, code, heading, italic, link, list, quote } from "@/components/enhance/desk/formatting";
import { look } from "@/components/enhance/desk/look";
import { changesBetween } from "@/components/enhance/desk/patch";
import { words } from "@/components/enhance/desk/words";
import { make } from "@/components/enhance/make";

export interface CodeEditor {
  text(): string;
  /** What is typed from now on is kept apart, so that `rebase` can put another change under it. */
  mark(): void;
  /** Brings in what others changed from `sent`, which was the text at the last mark, to `now`. */
  rebase(sent: string, now: string): void;
  run(command: StateCommand): void;
  focus(): void;
  /** The element that scrolls. */
  scroller: HTMLElement;
}

const lineDirection = Decoration.line({ attributes: { dir: "auto" } });

/** Each line runs the way its own words do. */
const directions = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = this.visible(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = this.visible(update.view);
    }
    visible(view: EditorView): DecorationSet {
      const builder = new RangeSetBuilder<Decoration>();
      for (const { from, to } of view.visibleRanges) {
        for (let at = from; at <= to; ) {
          const line = view.state.doc.lineAt(at);
          builder.add(line.from, line.from, lineDirection);
          at = line.to + 1;
        }
      }
      return builder.finish();
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const keys = [
  { key: "Mod-b", run: bold },
  { key: "Mod-i", run: italic },
  { key: "Mod-k", run: link },
  { key: "Mod-e", run: code },
  { key: "Mod-Alt-2", run: heading },
  { key: "Mod-Shift-8", run: list },
  { key: "Mod-Shift-9", run: quote },
];

const attributes = EditorView.contentAttributes.of({
  "aria-label": words.text,
  "aria-multiline": "true",
  tabindex: "0",
  spellcheck: "true",
  autocorrect: "on",
  autocapitalize: "sentences",
});

/** Puts an editor in the place of `box`. @param changed is called after every change of the text */
export function codeEditor(box: HTMLTextAreaElement, changed: () => void): CodeEditor {
  const host = make("div", { class: "editor" });
  const root = host.attachShadow({ mode: "open" });
  let since: ChangeSet | undefined;
  const watch = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    since = since?.compose(update.changes);
    changed();
  });
  const extensions: Extension[] = [
    history(),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    directions,
    new LanguageSupport(markdownLanguage),
    keymap.of([...keys, ...markdownKeymap, ...defaultKeymap, ...historyKeymap]),
    attributes,
    look,
    watch,
  ];
  box.after(host);
  // Whoever writes already goes on where they are.
  const writing = document.activeElement === box;
  const length = box.value.length;
  const selection = { anchor: Math.min(box.selectionStart, length), head: Math.min(box.selectionEnd, length) };
  // Before anything is measured.
  box.hidden = true;
  const view = new EditorView({
    state: EditorState.create({ doc: box.value, selection: writing ? selection : undefined, extensions }),
    parent: root,
    root,
  });
  if (writing) view.focus();
  for (const label of box.labels ?? []) label.addEventListener("click", () => view.focus());
  const text = () => view.state.doc.toString();
  return {
    text,
    mark() {
      since = ChangeSet.empty(view.state.doc.length);
    },
    rebase(sent, now) {
      if (!since || since.length !== sent.length) return;
      const changes = ChangeSet.of(changesBetween(sent, now), sent.length).map(since);
      // Undo takes back one's own words, not somebody else's.
      view.dispatch({ changes, annotations: Transaction.addToHistory.of(false) });
    },
    run(command) {
      command({ state: view.state, dispatch: (transaction) => view.dispatch(transaction) });
      view.focus();
    },
    focus: () => view.focus(),
    scroller: view.scrollDOM,
  };
}
