// Markdown's marks around and before what is selected: pressed once they come, pressed again they go.
import { type ChangeSpec, EditorSelection, type EditorState, type StateCommand } from "@codemirror/state";

/** Puts `mark` around every selection, or takes it away; an empty one gets the cursor between. */
export function around(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    const size = mark.length;
    const change = state.changeByRange((range) => {
      const { from, to } = range;
      const outside = state.sliceDoc(from - size, from) === mark && state.sliceDoc(to, to + size) === mark;
      // A lone "*" beside another one is half of a "**".
      const longer = state.sliceDoc(from - size - 1, from) === mark[0] + mark && mark.length === 1;
      if (outside && !longer) {
        return {
          changes: [
            { from: from - size, to: from },
            { from: to, to: to + size },
          ],
          range: EditorSelection.range(from - size, to - size),
        };
      }
      return {
        changes: [
          { from, insert: mark },
          { from: to, insert: mark },
        ],
        range: EditorSelection.range(from + size, to + size),
      };
    });
    dispatch(state.update(change, { scrollIntoView: true, userEvent: "input" }));
    return true;
  };
}

/** Every line that the selections touch, once. */
function linesOf(state: EditorState) {
  const numbers = new Set<number>();
  for (const { from, to } of state.selection.ranges) {
    const last = state.doc.lineAt(to).number;
    for (let number = state.doc.lineAt(from).number; number <= last; number++) numbers.add(number);
  }
  return [...numbers].map((number) => state.doc.line(number));
}

/** Puts `mark` before every selected line, or takes it away when all have it. Whatever `like` finds there makes room for it. */
export function before(mark: string, like: RegExp): StateCommand {
  return ({ state, dispatch }) => {
    const lines = linesOf(state);
    const all = lines.every(({ text }) => text.startsWith(mark));
    const changes = lines.map(({ from, text }): ChangeSpec => {
      const there = like.exec(text)?.[0].length ?? 0;
      return { from, to: from + (all ? mark.length : there), insert: all ? "" : mark };
    });
    dispatch(state.update({ changes, scrollIntoView: true, userEvent: "input" }));
    return true;
  };
}

/** `[words](address)`: what is selected becomes the one or the other, and what is missing is selected next. */
export const link: StateCommand = ({ state, dispatch }) => {
  const change = state.changeByRange(({ from, to }) => {
    const text = state.sliceDoc(from, to);
    const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(text);
    const insert = isAddress ? `[](${text})` : `[${text}](https://)`;
    const at = isAddress ? from + 1 : from + text.length + 3;
    return { changes: { from, to, insert }, range: EditorSelection.range(at, isAddress ? at : at + "https://".length) };
  });
  dispatch(state.update(change, { scrollIntoView: true, userEvent: "input" }));
  return true;
};

const anyHeading = /^#{1,6} /;
const anyBullet = /^(?:[-*+]|\d+[.)]) /;

export const bold = around("**");
export const italic = around("*");
export const code = around("`");
export const heading = before("## ", anyHeading);
export const list = before("- ", anyBullet);
export const quote = before("> ", /^> /);
