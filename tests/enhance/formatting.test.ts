// What the buttons over the text do to it, and how somebody else's change comes in under what one is typing.
import { ChangeSet, EditorSelection, EditorState, type StateCommand, Text } from "@codemirror/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bold, code, heading, italic, link, list, quote } from "@/components/enhance/desk/formatting";
import { changesBetween } from "@/components/enhance/desk/patch";

/** Runs a command on a text whose selection stands between "[" and "]", and shows the result the same way. */
function after(command: StateCommand, marked: string): string {
  const from = marked.indexOf("⟦");
  const to = marked.indexOf("⟧") - 1;
  const doc = marked.replace(/[⟦⟧]/g, "");
  let state = EditorState.create({ doc, selection: EditorSelection.single(from, to) });
  command({ state, dispatch: (transaction) => (state = transaction.state) });
  const { main } = state.selection;
  const text = state.doc.toString();
  return `${text.slice(0, main.from)}⟦${text.slice(main.from, main.to)}⟧${text.slice(main.to)}`;
}

const rows: [sentence: string, command: StateCommand, before: string, after: string][] = [
  ["bold comes", bold, "a ⟦bee⟧ flies", "a **⟦bee⟧** flies"],
  ["bold goes", bold, "a **⟦bee⟧** flies", "a ⟦bee⟧ flies"],
  ["bold with nothing selected waits for words", bold, "a ⟦⟧", "a **⟦⟧**"],
  ["italic comes inside bold", italic, "**⟦bee⟧**", "***⟦bee⟧***"],
  ["italic goes", italic, "*⟦bee⟧*", "⟦bee⟧"],
  ["code", code, "call ⟦fly()⟧", "call `⟦fly()⟧`"],
  ["a heading comes", heading, "The ⟦⟧dance", "## The ⟦⟧dance"],
  ["a heading of another level becomes this one", heading, "#### ⟦⟧Dance", "## ⟦⟧Dance"],
  ["a heading goes", heading, "## ⟦⟧Dance", "⟦⟧Dance"],
  ["every selected line becomes an item", list, "⟦one\ntwo⟧", "⟦- one\n- two⟧"],
  ["numbers become bullets", list, "⟦1. one\n2. two⟧", "⟦- one\n- two⟧"],
  ["a quotation goes from all its lines", quote, "⟦> one\n> two⟧", "⟦one\ntwo⟧"],
  ["selected words become a link, the address is typed next", link, "see ⟦here⟧", "see [here](⟦https://⟧)"],
  [
    "a selected address becomes a link, the words are typed next",
    link,
    "⟦https://example.org/⟧",
    "[⟦⟧](https://example.org/)",
  ],
];

it.each(rows)("%s", (_, command, before, expected) => {
  const shown = after(command, before);
  // Where the selection's ends come to lie is told only where it matters.
  expect(shown.replace(/[⟦⟧]/g, "")).toBe(expected.replace(/[⟦⟧]/g, ""));
  if (command === link || command === bold) expect(shown).toBe(expected);
});

const word = fc.constantFrom("bee", "sun", "home", "\n", "\n\n", "it", "🐝");
const text = fc.array(word, { maxLength: 20 }).map((words) => words.join(" "));

describe("changes between two texts", () => {
  it("make the one the other", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const changes = ChangeSet.of(changesBetween(a, b), a.length);
        expect(changes.apply(Text.of(a.split("\n"))).toString()).toBe(b);
      }),
    );
  });

  it("come in under what was typed since, and take none of it away", () => {
    fc.assert(
      fc.property(text, text, fc.nat(200), (sent, now, at) => {
        const typed = ChangeSet.of({ from: Math.min(at, sent.length), insert: "«typed»" }, sent.length);
        const theirs = ChangeSet.of(changesBetween(sent, now), sent.length).map(typed);
        const both = theirs.apply(typed.apply(Text.of(sent.split("\n")))).toString();
        expect(both.replace("«typed»", "")).toBe(now);
      }),
    );
  });
});
