// What our Markdown has and the common tree has no node for: definition lists (`term`, then `:   definition`), and letters
// below and above the line (`H~2~O`, `x^2^`). The nodes, and how they are written.
import type { BlockContent, DefinitionContent, Parents, PhrasingContent, RootContent } from "mdast";
import type { Options } from "remark-stringify";

export interface DefinitionTerm {
  type: "definitionTerm";
  children: PhrasingContent[];
}

export interface DefinitionDescription {
  type: "definitionDescription";
  children: (BlockContent | DefinitionContent)[];
}

export interface DefinitionList {
  type: "definitionList";
  children: (DefinitionTerm | DefinitionDescription)[];
}

export interface ScriptText {
  type: "subscript" | "superscript";
  value: string;
}

/** What can stand between the signs: one short word, as lib/text/markdown-scripts reads it, and safe in a table. */
export const scriptable = /^[^\s~^\\[\]|]{1,60}$/;

declare module "mdast" {
  interface PhrasingContentMap {
    script: ScriptText;
  }
  interface RootContentMap {
    script: ScriptText;
    definitionList: DefinitionList;
    definitionTerm: DefinitionTerm;
    definitionDescription: DefinitionDescription;
  }
  interface BlockContentMap {
    definitionList: DefinitionList;
  }
}

declare module "mdast-util-to-markdown" {
  interface ConstructNameMap {
    definitionTerm: "definitionTerm";
    definitionDescription: "definitionDescription";
  }
}

/** Whether a block after a definition list would be read as one more term, because code with a colon follows its first line. */
export function couldContinueDefinitions(block: RootContent): boolean {
  if (block.type === "code") return /^\s*[:~][ \t]/.test(block.value);
  const first = block.type === "list" ? block.children[0]?.children[0] : undefined;
  return first !== undefined && couldContinueDefinitions(first);
}

/** A definition list as bold lines, each followed by what it means. */
export function plainDefinitions(list: DefinitionList): RootContent[] {
  return list.children.flatMap((child): RootContent[] =>
    child.type === "definitionTerm"
      ? [{ type: "paragraph", children: [{ type: "strong", children: child.children }] }]
      : child.children,
  );
}

/** How far a definition's text is set in: the marker and three blanks, as markdown-it-deflist reads it back. */
const marker = ":   ";

/** For remark-stringify: writes the nodes, and keeps ordinary text from being read as one of them. */
export const ourMarkdown: Pick<Options, "handlers" | "unsafe"> = {
  handlers: {
    subscript: (node: ScriptText) => `~${node.value}~`,
    superscript: (node: ScriptText) => `^${node.value}^`,
    definitionList: (node: DefinitionList, _parent: Parents | undefined, state, info) => {
      const parts = node.children.map((child) => ({ child, text: state.handle(child, undefined, state, info) }));
      return parts
        .map(({ child, text }, index) =>
          index === 0 ? text : `${child.type === "definitionTerm" ? "\n\n" : "\n"}${text}`,
        )
        .join("");
    },
    definitionTerm: (node: DefinitionTerm, _parent: Parents | undefined, state, info) => {
      const exit = state.enter("definitionTerm");
      const inside = state.enter("phrasing");
      const text = state.containerPhrasing(
        { type: "paragraph", children: node.children },
        { ...info, before: "\n", after: "\n" },
      );
      inside();
      exit();
      return text;
    },
    definitionDescription: (node: DefinitionDescription, _parent: Parents | undefined, state, info) => {
      const exit = state.enter("definitionDescription");
      const text = state.containerFlow({ type: "blockquote", children: node.children }, info);
      exit();
      return state.indentLines(
        text,
        (line, index, blank) => (index === 0 ? marker : blank ? "" : " ".repeat(marker.length)) + line,
      );
    },
  },
  unsafe: [
    { atBreak: true, character: ":", after: "[ \\t]" },
    { atBreak: true, character: "~", after: "[ \\t]" },
    { character: "^", inConstruct: "phrasing" },
  ],
};
