// Citations as programs for sources read them: BibTeX, RIS and CSL-JSON. Whatever stands in a title or a name stays text there.
import { type CitedName, type CitedText, nameParts } from "@/lib/domain/citation";

/** Each has one line of its own in RIS and BibTeX. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** What TeX would take for a command. Braces by name, because BibTeX counts the bare ones even behind a backslash. */
const texNames: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
};

function tex(text: string): string {
  return oneLine(text).replace(/[\\{}~^$&#%_]/g, (character) => texNames[character] ?? character);
}

/** An address keeps its signs; the few that TeX cannot have in one are percent-encoded. */
function texUrl(url: string): string {
  return url.replace(/[\\{}^~\s]/g, (character) => encodeURIComponent(character)).replace(/[#%&_$]/g, "\\$&");
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;

function texName(name: CitedName): string {
  // In braces of its own, a name that holds "and" or a comma is one name.
  return "literal" in name ? `{${tex(name.literal)}}` : `${tex(name.family)}, ${tex(name.given)}`;
}

/** An entry of a `.bib` file, in UTF-8. */
export function bibtexCitation(text: CitedText): string {
  const fields: [string, string][] = [
    ...(text.authors.length > 0
      ? [["author", text.authors.map((name) => texName(nameParts(name))).join(" and ")] as [string, string]]
      : []),
    // A second pair keeps capital letters as they are.
    ["title", `{${tex(text.title)}}`],
    ["howpublished", tex(text.siteName)],
    ["year", String(text.publishedAt.getUTCFullYear())],
    ["note", tex(["Revision ", text.revision, text.licence && `, ${text.licence}`].join(""))],
    ["url", texUrl(text.url)],
  ];
  const month = months[text.publishedAt.getUTCMonth()] ?? "jan";
  const lines = fields.map(([name, value]) => `  ${name} = {${value}},`);
  lines.splice(-2, 0, `  month = ${month},`);
  return `@misc{${text.slug}-r${text.revision},\n${lines.join("\n")}\n}\n`;
}

function risName(name: CitedName): string {
  // A comma would part a name that must stay whole.
  return "literal" in name ? name.literal.replace(/,/g, " ").replace(/ +/g, " ") : `${name.family}, ${name.given}`;
}

/** A record of an `.ris` file. */
export function risCitation(text: CitedText): string {
  const at = text.publishedAt;
  const two = (value: number) => String(value).padStart(2, "0");
  const fields: [string, string][] = [
    ["TY", "ELEC"],
    ...text.authors.map((name): [string, string] => ["AU", risName(nameParts(name))]),
    ["TI", text.title],
    ["T2", text.siteName],
    ["PY", String(at.getUTCFullYear())],
    ["DA", `${at.getUTCFullYear()}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}`],
    ["ET", `Revision ${text.revision}`],
    ...(text.licence ? [["C1", text.licence] as [string, string]] : []),
    ["UR", text.url],
    ["ER", ""],
  ];
  return fields.map(([tag, value]) => `${tag}  - ${oneLine(value)}\r\n`).join("");
}

/** A list of one item in the form of CSL 1.0.2's data. */
export function cslCitation(text: CitedText): string {
  const at = text.publishedAt;
  const item = {
    id: `${text.slug}-r${text.revision}`,
    type: "webpage",
    title: oneLine(text.title),
    ...(text.authors.length > 0 && { author: text.authors.map(nameParts) }),
    "container-title": oneLine(text.siteName),
    issued: { "date-parts": [[at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]] },
    version: `Revision ${text.revision}`,
    ...(text.licence && { license: oneLine(text.licence) }),
    URL: text.url,
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}
