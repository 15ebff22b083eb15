// Writing XML. What is written is a tree, so text cannot become markup; what XML cannot say is left out (R61).

export interface XmlElement {
  name: string;
  attributes: Record<string, string | undefined>;
  /** Strings are text. */
  children: readonly (XmlElement | string)[];
}

/** An element; attributes without a value are left out. */
export function xml(
  name: string,
  attributes: Record<string, string | undefined>,
  ...children: readonly (XmlElement | string)[]
): XmlElement {
  return { name, attributes, children };
}

/** A whole document in UTF-8. */
export function printXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${print(root)}\n`;
}

function print(node: XmlElement | string): string {
  if (typeof node === "string") return escapeXml(node);
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeXml(value)}"`))
    .join("");
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(print).join("")}</${node.name}>`;
}

// Everything outside the production Char of XML 1.0: most C0 controls, lone surrogates, two non-characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
// A carriage return written as such would be read as a line feed.
const special = /[&<>"\r]/g;
const written: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };

/** Text as it must be written in XML, in elements and in double-quoted attributes alike. */
export function escapeXml(text: string): string {
  return text.replace(unspeakable, "").replace(special, (character) => written[character] ?? character);
}
