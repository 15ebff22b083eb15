// What stands within a line of text: links, emphasis, code, small and raised letters, abbreviations.
import type { Element } from "hast";
import { attribute, collapse, find, hasClass, isElement, textOf } from "@/lib/text/from-html/elements";
import { embedLabel, fileNameOf, hostOf, pageOfPlayer } from "@/lib/text/from-html/embeds";
import { type Flow, type Mark, withMark } from "@/lib/text/from-html/flow";
import { scriptable } from "@/lib/text/from-html/markdown-nodes";
import type { Page, Place } from "@/lib/text/from-html/page";
import { isPicture } from "@/lib/text/from-html/pictures";

type Handler = (page: Page, flow: Flow, element: Element, place: Place) => void;

/** Walks into the element with one more mark. */
const marked =
  (type: "strong" | "emphasis" | "delete"): Handler =>
  (page, flow, element, place) =>
    page.walk(flow, element.children, { ...place, parent: element, marks: withMark(place.marks, { type }) });

const link: Handler = (page, flow, element, place) => {
  const href = attribute(element, "href");
  const url = href === "" ? null : address(page, href);
  if (url === null) return page.walk(flow, element.children, { ...place, parent: element });
  const title = collapse(attribute(element, "title"));
  const words = collapse(textOf(element));
  const mark: Mark = { type: "link", url, title: title === "" || title === words ? null : title };
  const marks = withMark(place.marks, mark);
  if (words === "" && !find(element, isPicture)) {
    // A link of nothing but an icon says where it goes in an attribute; an anchor without words is no link.
    const label = collapse(attribute(element, "ariaLabel")) || title;
    if (label !== "") flow.words(label, marks);
    return;
  }
  // The button beside a file's name.
  if (hasClass(element, "wp-block-file__button")) flow.words(" ", place.marks);
  page.walk(flow, element.children, { ...place, parent: element, marks });
};

/** Where a link may lead: the caller's answer, else web, mail and same-site addresses only. */
export function address(page: Page, href: string): string | null {
  if (href.startsWith("#")) {
    const id = page.anchors.get(href.slice(1));
    return id === undefined ? null : `#${id}`;
  }
  if (page.options.resolveLink) return page.options.resolveLink(href);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, so they must not hide a scheme
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href.replace(/[\s\u0000-\u001f]/g, ""))?.[1]?.toLowerCase();
  return scheme === undefined || ["http", "https", "mailto"].includes(scheme) ? href : null;
}

const code: Handler = (page, flow, element, place) => {
  const text = textOf(element);
  if (/\n/.test(text.trim())) {
    flow.block({ type: "code", lang: languageOf(element), value: text.replace(/^\n+|\s+$/g, "") });
    return;
  }
  if (find(element, isPicture)) return page.walk(flow, element.children, { ...place, parent: element });
  const value = collapse(text);
  if (value === "") return;
  if (/^\s/.test(text)) flow.words(" ", place.marks);
  flow.leaf({ node: { type: "inlineCode", value }, marks: place.marks });
  if (/\s$/.test(text)) flow.words(" ", place.marks);
};

/** The language that a class or attribute of some highlighter names. */
export function languageOf(element: Element): string | null {
  const inner = element.tagName === "pre" ? find(element, (child) => child.tagName === "code") : undefined;
  for (const candidate of [element, inner]) {
    if (!candidate) continue;
    const said = attribute(candidate, "dataLanguage") || attribute(candidate, "dataLang");
    const named =
      said || /(?:^|\s)(?:language-|lang-|lang:|brush:\s*)([\w#+-]+)/.exec(attribute(candidate, "className"))?.[1];
    if (named) return named.toLowerCase();
  }
  return null;
}

/** Small letters below and above the line. Only a short word can stand so; the rest is written out in brackets. */
const script =
  (type: "subscript" | "superscript", sign: string): Handler =>
  (page, flow, element, place) => {
    const note = attribute(element, "dataFn");
    if (note !== "" && page.options.footnotes?.has(note)) {
      if (!page.notes.includes(note)) page.notes.push(note);
      const identifier = String(page.notes.indexOf(note) + 1);
      flow.leaf({ node: { type: "footnoteReference", identifier, label: identifier }, marks: [] });
      return;
    }
    const text = collapse(textOf(element));
    const plain = element.children.every((child) => child.type === "text");
    if (!plain || text === "") return page.walk(flow, element.children, { ...place, parent: element });
    if (page.options.dialect === "article" && scriptable.test(text))
      flow.leaf({ node: { type, value: text }, marks: place.marks });
    else if (/^(st|nd|rd|th)$/i.test(text)) flow.words(text, place.marks);
    else flow.words(text.includes(" ") ? `${sign}(${text})` : sign + text, place.marks);
  };

const abbreviation: Handler = (page, flow, element, place) => {
  page.walk(flow, element.children, { ...place, parent: element });
  const title = collapse(attribute(element, "title"));
  const short = collapse(textOf(element));
  if (title === "" || title === short || page.expanded.has(`${short} ${title}`)) return;
  page.expanded.add(`${short} ${title}`);
  flow.words(` (${title})`, place.marks);
};

const quotation: Handler = (page, flow, element, place) => {
  const inner = element.properties.dataInner === true;
  const nested = find(element, (child) => child.tagName === "q");
  if (nested) nested.properties.dataInner = true;
  flow.words(inner ? "‘" : "“", place.marks);
  page.walk(flow, element.children, { ...place, parent: element });
  flow.words(inner ? "’" : "”", place.marks);
};

/** Word processors write bold and the like as styles. */
const styled: Handler = (page, flow, element, place) => {
  const style = attribute(element, "style");
  let { marks } = place;
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) marks = withMark(marks, { type: "strong" });
  if (/font-style:\s*(italic|oblique)/i.test(style)) marks = withMark(marks, { type: "emphasis" });
  if (/text-decoration[^;]*line-through/i.test(style)) marks = withMark(marks, { type: "delete" });
  page.walk(flow, element.children, { ...place, parent: element, marks });
};

/** <b style="font-weight:normal"> is what pasting from some word processors leaves around a whole text. */
const bold: Handler = (page, flow, element, place) => {
  const plain = /font-weight:\s*(normal|400)/i.test(attribute(element, "style"));
  (plain ? styled : marked("strong"))(page, flow, element, place);
};

/** Readings above letters: in brackets behind them, unless the text has brackets of its own (<rp>). */
const ruby: Handler = (page, flow, element, place) => {
  const bracketed = find(element, (child) => child.tagName === "rp") !== undefined;
  for (const child of element.children) {
    const reading = isElement(child, "rt") && !bracketed;
    if (reading) flow.words(" (", place.marks);
    page.walk(flow, [child], { ...place, parent: element });
    if (reading) flow.words(")", place.marks);
  }
};

/** A sound or film: a link to its file. What stands inside is for browsers that know no such element. */
const media: Handler = (page, flow, element, place) => {
  const inner = find(element, (child) => isElement(child, "source") && attribute(child, "src") !== "");
  const source = attribute(element, "src") || (inner ? attribute(inner, "src") : "");
  const url = source === "" ? null : address(page, source);
  if (url === null) return;
  const title = collapse(attribute(element, "title")) || fileNameOf(url);
  apart(flow, `${element.tagName === "audio" ? "Audio" : "Video"}: ${title}`, url, place);
};

/** A page or player inside the page: a link to it. */
const frame: Handler = (page, flow, element, place) => {
  const source = attribute(element, "src") || attribute(element, "dataSrc") || attribute(element, "data");
  const url = source === "" ? null : address(page, pageOfPlayer(source.replace(/^\/\//, "https://")));
  if (url === null || !/^https?:/i.test(url)) return page.walk(flow, element.children, { ...place, parent: element });
  const title = collapse(attribute(element, "title"));
  apart(
    flow,
    title === "" || /^(youtube video player|iframe)$/i.test(title) ? embedLabel(url) : `${title} (${hostOf(url)})`,
    url,
    place,
  );
};

function apart(flow: Flow, label: string, url: string, place: Place): void {
  flow.flush();
  flow.words(
    label,
    withMark(
      place.marks.filter((mark) => mark.type !== "link"),
      { type: "link", url, title: null },
    ),
  );
  flow.flush();
}

export const inlineHandlers: ReadonlyMap<string, Handler> = new Map([
  ["a", link],
  ["abbr", abbreviation],
  ["acronym", abbreviation],
  ["audio", media],
  ["b", bold],
  ["cite", marked("emphasis")],
  ["code", code],
  ["del", marked("delete")],
  ["dfn", marked("emphasis")],
  ["em", marked("emphasis")],
  ["embed", frame],
  ["font", styled],
  ["frame", frame],
  ["i", marked("emphasis")],
  ["iframe", frame],
  ["kbd", code],
  ["mark", marked("strong")],
  ["object", frame],
  ["q", quotation],
  ["ruby", ruby],
  ["s", marked("delete")],
  ["samp", code],
  ["span", styled],
  ["strike", marked("delete")],
  ["strong", marked("strong")],
  ["sub", script("subscript", "")],
  ["sup", script("superscript", "^")],
  ["tt", code],
  ["var", marked("emphasis")],
  ["video", media],
]);
