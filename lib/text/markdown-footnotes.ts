// Footnotes of articles. The plugin reads them; how they are gathered and written is ours: its own gathering copies the whole
// document once for every note, and its ids lack our prefix. Inline notes (^[…]) are off: they nest without bound.
import type { MarkdownIt, StateCore, Token } from "markdown-it";
import footnotePlugin from "markdown-it-footnote";
import { idPrefix } from "@/lib/text/sanitize";

/** Reads `[^name]` and `[^name]: text`, and puts the notes that are referred to at the end, with links both ways. */
export function footnotes(md: MarkdownIt): void {
  md.use(footnotePlugin);
  md.inline.ruler.disable("footnote_inline");
  md.core.ruler.at("footnote_tail", gatherNotes);
  md.renderer.rules.footnote_ref = (tokens, index) => {
    const { number, place } = position(tokens[index]);
    return `<sup><a href="#${noteId(number)}" id="${referenceId(number, place)}" class="footnote-ref">${number}</a></sup>`;
  };
  md.renderer.rules.footnote_block_open = () => '<section class="footnotes" aria-label="Footnotes">\n<hr>\n<ol>\n';
  md.renderer.rules.footnote_block_close = () => "</ol>\n</section>\n";
  md.renderer.rules.footnote_open = (tokens, index) => `<li id="${noteId(position(tokens[index]).number)}">`;
  md.renderer.rules.footnote_close = () => "</li>\n";
  md.renderer.rules.footnote_anchor = (tokens, index) => {
    const { number, place } = position(tokens[index]);
    // The variation selector keeps the arrow a sign, not an emoji.
    return ` <a href="#${referenceId(number, place)}" class="footnote-backref" aria-label="Back to the text">↩\ufe0e</a>`;
  };
}

/** `number` from 1 in order of first mention; `place` from 0 for each mention of the same note. */
function position(token: Token | undefined): { number: number; place: number } {
  return { number: Number(token?.meta?.id ?? 0) + 1, place: Number(token?.meta?.subId ?? 0) };
}

function noteId(number: number): string {
  return `${idPrefix}fn-${number}`;
}

function referenceId(number: number, place: number): string {
  return `${idPrefix}fnref-${number}${place > 0 ? `-${place + 1}` : ""}`;
}

function gatherNotes(state: StateCore): void {
  const notes = takeNotes(state);
  const mentions = countMentions([...state.tokens, ...Array.from(notes.values()).flat()]);
  if (mentions.length === 0) return;
  const gathered: Token[] = [new state.Token("footnote_block_open", "", 1)];
  mentions.forEach(({ label, times }, id) => {
    const open = new state.Token("footnote_open", "", 1);
    open.meta = { id, subId: 0 };
    const content = [...(notes.get(label) ?? [])];
    const last = content.at(-1)?.type === "paragraph_close" ? content.pop() : undefined;
    const backLinks = Array.from({ length: times }, (_, subId) => {
      const anchor = new state.Token("footnote_anchor", "", 0);
      anchor.meta = { id, subId };
      return anchor;
    });
    for (const part of [open, ...content, ...backLinks]) gathered.push(part);
    if (last) gathered.push(last);
    gathered.push(new state.Token("footnote_close", "", -1));
  });
  gathered.push(new state.Token("footnote_block_close", "", -1));
  for (const token of gathered) state.tokens.push(token);
}

/** Takes the definitions out of the document. A definition inside another is its own note; of two of one name the last counts. */
function takeNotes(state: StateCore): Map<string, Token[]> {
  const notes = new Map<string, Token[]>();
  const open: Token[][] = [];
  const text: Token[] = [];
  for (const token of state.tokens) {
    if (token.type === "footnote_reference_open") {
      const content: Token[] = [];
      notes.set(String(token.meta?.label), content);
      open.push(content);
    } else if (token.type === "footnote_reference_close") open.pop();
    else (open.at(-1) ?? text).push(token);
  }
  state.tokens = text;
  return notes;
}

/** How often each note is mentioned, in the order of the ids that the plugin gave at first mention. */
function countMentions(tokens: readonly Token[], mentions: Mention[] = []): Mention[] {
  for (const token of tokens) {
    if (token.type === "footnote_ref") {
      const id = Number(token.meta?.id);
      const times = Math.max(mentions[id]?.times ?? 0, Number(token.meta?.subId) + 1);
      mentions[id] = { label: String(token.meta?.label), times };
    }
    if (token.children) countMentions(token.children, mentions);
  }
  return mentions;
}

interface Mention {
  label: string;
  times: number;
}
