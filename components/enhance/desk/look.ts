// The editor's look, from the site's own tokens, so that light and dark need no second word. It stands in a shadow root of its own: the
// site's policy forbids style elements, and a root takes whole sheets instead.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const frame = EditorView.theme({
  "&": {
    blockSize: "100%",
    border: "1px solid var(--color-edge)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--color-sheet)",
    color: "var(--color-ink)",
    fontSize: "var(--text-note)",
  },
  "&.cm-focused": { outline: "2px solid var(--color-accent)", outlineOffset: "0" },
  ".cm-scroller": { fontFamily: "var(--font-roman)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { padding: "0.9rem 0", caretColor: "var(--color-ink)" },
  ".cm-line": { padding: "0 1.1rem" },
  ".cm-cursor": { borderInlineStartColor: "var(--color-ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--color-accent) 26%, transparent) !important",
  },
});

const marks = HighlightStyle.define([
  { tag: tags.heading1, fontWeight: "650", fontSize: "1.35em", lineHeight: "1.3" },
  { tag: tags.heading2, fontWeight: "650", fontSize: "1.2em", lineHeight: "1.35" },
  { tag: tags.heading, fontWeight: "650" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontFamily: "var(--font-italic)", fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: tags.link, color: "var(--color-accent)" },
  { tag: tags.url, color: "var(--color-quiet)" },
  { tag: tags.quote, color: "var(--color-quiet)" },
  { tag: tags.monospace, fontFamily: "var(--font-mono)", fontSize: "0.9em" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--color-quiet)" },
]);

export const look = [frame, syntaxHighlighting(marks)];
