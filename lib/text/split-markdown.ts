// Cuts a long Markdown text into parts, each readable by itself: between blocks, before a heading where one is near, never
// inside code.
import { codePointLength } from "@/lib/text/normalize";

/**
 * @param most code points of a part
 * @returns one part when the text is short enough; joined with blank lines the parts are the text again, unless one block
 *   alone was too long and had to be cut between its lines or words
 */
export function splitMarkdown(markdown: string, most: number): string[] {
  if (codePointLength(markdown) <= most) return [markdown];
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const block of blocksOf(markdown).flatMap((one) => cut(one, most))) {
    const added = codePointLength(block) + 2;
    const chapter = /^#{1,6} /.test(block) && length > most / 2;
    if (part.length > 0 && (length + added > most || chapter)) {
      parts.push(part.join("\n\n"));
      part = [];
      length = 0;
    }
    part.push(block);
    length += added;
  }
  if (part.length > 0) parts.push(part.join("\n\n"));
  return parts;
}

/** Blocks at the left edge; what is set in, and everything up to the end of a fence, belongs to the block before it. */
function blocksOf(markdown: string): string[] {
  const blocks: string[][] = [];
  let fence: string | undefined;
  let blank = true;
  for (const line of markdown.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (blank && fence === undefined && line !== "" && !/^\s/.test(line)) blocks.push([]);
    if (fence === undefined) fence = mark;
    else if (mark && mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark) fence = undefined;
    blank = line.trim() === "" && fence === undefined;
    blocks.at(-1)?.push(line);
  }
  return blocks.map((lines) => lines.join("\n").trimEnd());
}

/** A single block that is too long is cut between lines, or else between words; of a code block each piece is fenced anew. */
function cut(block: string, most: number): string[] {
  if (codePointLength(block) + 2 <= most) return [block];
  const fenced = /^(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)\n?\1$/.exec(block);
  if (fenced) {
    const [, mark = "", info = "", inside = ""] = fenced;
    return pieces(inside, most - 2 * mark.length - info.length - 6).map((piece) => `${mark}${info}\n${piece}\n${mark}`);
  }
  return pieces(block, most - 2);
}

function pieces(text: string, most: number): string[] {
  const result: string[] = [];
  let rest = Array.from(text);
  while (rest.length > most) {
    const window = rest.slice(0, most);
    const line = window.lastIndexOf("\n");
    const word = window.lastIndexOf(" ");
    const at = line > most / 2 ? line : word > most / 2 ? word : most;
    result.push(rest.slice(0, at).join(""));
    rest = rest.slice(at === most ? at : at + 1);
  }
  result.push(rest.join(""));
  return result;
}
