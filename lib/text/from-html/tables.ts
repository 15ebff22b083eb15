// Tables. One of data becomes a Markdown table; one that only arranges blocks side by side is taken apart, cell after cell.
import type { Element } from "hast";
import type { AlignType, PhrasingContent, RootContent, TableCell, TableRow } from "mdast";
import { attribute, collapse, find, hasClass, isElement } from "@/lib/text/from-html/elements";
import { type Flow, withMark } from "@/lib/text/from-html/flow";
import type { Page, Place } from "@/lib/text/from-html/page";
import { captionBelow } from "@/lib/text/from-html/pictures";

/** More columns than this are no table that anybody reads; a hostile colspan must not cost memory either. */
const columnsLimit = 100;

const blocksInside = [
  "table",
  "pre",
  "blockquote",
  "figure",
  "dl",
  "hr",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "iframe",
  "video",
  "audio",
];

export function table(page: Page, flow: Flow, element: Element, place: Place): void {
  flow.flush();
  const caption = element.children.find((child) => isElement(child, "caption"));
  if (caption && "children" in caption) captionBelow(page, flow, caption.children, place);
  const rows = rowsOf(element);
  const cells = rows.flatMap((row) => row.cells);
  const arranges =
    cells.length < 2 || cells.some((cell) => find(cell, (child) => blocksInside.includes(child.tagName)) !== undefined);
  if (arranges) {
    for (const cell of cells) {
      page.walk(flow, cell.children, { ...place, parent: cell });
      flow.flush();
    }
    return;
  }
  const grid = gridOf(rows.map((row) => row.cells));
  const [first] = rows;
  const headed = first !== undefined && (first.head || first.cells.every((cell) => cell.tagName === "th"));
  const columns = Math.max(...grid.map((row) => row.length));
  const lines = grid.map((row, index): TableRow => {
    const header = headed && index === 0;
    const children = Array.from({ length: columns }, (_, column) => cellOf(page, row[column] ?? null, header, place));
    return { type: "tableRow", children };
  });
  if (!lines.some((line) => line.children.some((cell) => cell.children.length > 0))) return;
  if (!headed)
    lines.unshift({
      type: "tableRow",
      children: Array.from({ length: columns }, () => ({ type: "tableCell", children: [] })),
    });
  flow.block({ type: "table", align: alignmentOf(grid, columns), children: lines });
}

interface Row {
  head: boolean;
  cells: Element[];
}

/** The rows as they are shown: head, bodies, foot; never those of a table inside. */
function rowsOf(element: Element): Row[] {
  const groups: Record<"head" | "body" | "foot", Row[]> = { head: [], body: [], foot: [] };
  const visit = (parent: Element, group: keyof typeof groups) => {
    for (const child of parent.children) {
      if (isElement(child, "thead")) visit(child, "head");
      else if (isElement(child, "tfoot")) visit(child, "foot");
      else if (isElement(child, "tbody")) visit(child, "body");
      else if (isElement(child, "tr")) {
        const cells = child.children.filter((cell) => isElement(cell, "td", "th"));
        if (cells.length > 0) groups[group].push({ head: group === "head", cells });
      }
    }
  };
  visit(element, "body");
  return [...groups.head, ...groups.body, ...groups.foot];
}

/** Puts every cell into its column; what a wide or tall cell also covers is empty. */
function gridOf(rows: readonly Element[][]): (Element | null)[][] {
  const grid: (Element | null)[][] = rows.map(() => []);
  rows.forEach((cells, rowIndex) => {
    let column = 0;
    for (const cell of cells) {
      while (grid[rowIndex]?.[column] !== undefined) column += 1;
      if (column >= columnsLimit) break;
      const width = span(cell, "colSpan", columnsLimit - column);
      const height = span(cell, "rowSpan", rows.length - rowIndex);
      for (let down = 0; down < height; down += 1) {
        const line = grid[rowIndex + down];
        for (let right = 0; line && right < width; right += 1)
          line[column + right] ??= down + right === 0 ? cell : null;
      }
      column += width;
    }
  });
  return grid;
}

function span(cell: Element, name: "colSpan" | "rowSpan", most: number): number {
  const value = Number(attribute(cell, name));
  return Number.isInteger(value) && value > 1 ? Math.min(value, most) : 1;
}

function cellOf(page: Page, cell: Element | null, header: boolean, place: Place): TableCell {
  if (!cell) return { type: "tableCell", children: [] };
  // The name of a row stands out as it did.
  const marks = cell.tagName === "th" && !header ? withMark(place.marks, { type: "strong" }) : place.marks;
  return { type: "tableCell", children: oneLine(page.blocksOf(cell.children, { ...place, marks, parent: cell })) };
}

/** A cell is one line of Markdown: lines and paragraphs are divided by strokes, items of a list by semicolons. */
export function oneLine(blocks: readonly RootContent[], divider = " / "): PhrasingContent[] {
  return blocks.flatMap((block, index): PhrasingContent[] => {
    const before: PhrasingContent[] = index === 0 ? [] : [{ type: "text", value: divider }];
    if (block.type === "paragraph" || block.type === "heading") return [...before, ...block.children.map(withoutBreak)];
    if (block.type === "list") {
      const items = block.children.flatMap((item, place): PhrasingContent[] => [
        ...(place === 0 ? [] : [{ type: "text", value: "; " } as const]),
        ...oneLine(item.children),
      ]);
      return [...before, ...items];
    }
    if (block.type === "code") return [...before, { type: "inlineCode", value: collapse(block.value) }];
    if (block.type === "blockquote") return [...before, ...oneLine(block.children, divider)];
    return [];
  });
}

function withoutBreak(node: PhrasingContent): PhrasingContent {
  if (node.type === "break") return { type: "text", value: " / " };
  if (node.type === "link" || node.type === "strong" || node.type === "emphasis" || node.type === "delete") {
    return { ...node, children: node.children.map(withoutBreak) };
  }
  return node;
}

function alignmentOf(grid: readonly (Element | null)[][], columns: number): AlignType[] {
  return Array.from({ length: columns }, (_, column) => {
    const found = grid.map((row) => row[column]).filter((cell) => cell !== null && cell !== undefined);
    const sides = new Set(found.map(alignOf));
    const [side] = sides;
    return sides.size === 1 && side !== undefined ? side : null;
  });
}

function alignOf(cell: Element): AlignType {
  const said = attribute(cell, "align") || /text-align:\s*(\w+)/.exec(attribute(cell, "style"))?.[1] || "";
  if (said === "left" || said === "right" || said === "center") return said;
  if (hasClass(cell, "has-text-align-right")) return "right";
  return hasClass(cell, "has-text-align-center") ? "center" : null;
}
