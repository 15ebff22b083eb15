// Makes a page a document: Next's scripts, its payload and React's marks go, what a reader sees stays, byte for byte.
// A tokenizer in the sense of the HTML standard, one pass, linear; it knows elements whose content is no markup.

interface Tag {
  name: string;
  closing: boolean;
  /** Decoded names in lower case; values as written, quotes off. */
  attributes: Map<string, string>;
  /** Without ` nonce="…"`, which would make every rendering's bytes differ. */
  text: string;
  /** The index after `>`. */
  end: number;
}

/** Elements whose content ends at their own closing tag and nowhere else. */
const opaque = new Set(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"]);

/** Takes what only Next's browser code needs out of a finished HTML page. What cannot be read as HTML stays as it is. */
export function toDocument(html: string): string {
  const kept: string[] = [];
  let from = 0; // start of what was not yet copied
  let at = 0;
  const cut = (start: number, end: number, instead = "") => {
    kept.push(html.slice(from, start), instead);
    from = end;
    at = end;
  };

  let afterPre = -1; // index right after `<pre>`, where a comment guards a line break
  while (true) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    if (html.startsWith("<!--", open)) {
      const end = commentEnd(html, open);
      if (end < 0) break;
      if (isReactMark(html, open, end) && !guardsText(html, open, end, afterPre)) cut(open, end);
      else at = end;
      continue;
    }
    const tag = readTag(html, open);
    if (tag === "end of input") break;
    if (tag === undefined) {
      at = open + 1;
      continue;
    }
    if (tag.name === "plaintext" && !tag.closing) break;
    at = tag.end;
    if (tag.closing) continue;
    if (tag.name === "pre" || tag.name === "listing") afterPre = tag.end;

    const contentEnd = opaque.has(tag.name) ? closingTag(html, tag.name, tag.end) : tag.end;
    if (contentEnd < 0) break;
    const end = opaque.has(tag.name) ? afterTag(html, contentEnd) : leftoverEnd(html, tag);
    if (isForNext(tag) || (!opaque.has(tag.name) && end > tag.end)) {
      cut(open, end);
    } else {
      if (tag.text.length !== tag.end - open) cut(open, tag.end, tag.text);
      // Our own script has no content; what stands there is not run, so it need not travel.
      if (tag.name === "script" && tag.attributes.has("src")) cut(tag.end, contentEnd);
      at = Math.max(end, tag.end);
    }
  }
  kept.push(html.slice(from));
  return kept.join("");
}

/** Whether a finished page waits for a script to put its last parts in place: such a page makes no good document. */
export function needsScripts(html: string): boolean {
  return html.includes("<!--$?-->");
}

/** Whether the element serves only Next's scripts. */
function isForNext({ name, attributes }: Tag): boolean {
  if (name === "script") {
    const type = attributes.get("type")?.trim().toLowerCase();
    return type !== "application/ld+json" && !attributes.get("src")?.startsWith("/assets/");
  }
  // It only counts for the framework's makers who uses their fonts, and stands now here and now there among the metadata.
  if (name === "meta") return attributes.get("name") === "next-size-adjust";
  if (name !== "link") return false;
  const rel = attributes.get("rel")?.trim().toLowerCase();
  return rel === "modulepreload" || (rel === "preload" && attributes.get("as")?.trim().toLowerCase() === "script");
}

/** The end of an empty leftover that begins with `tag`: Next's metadata place, React's templates. Else the tag's own. */
function leftoverEnd(html: string, tag: Tag): number {
  const { name, attributes } = tag;
  const isPlace = name === "div" && attributes.size === 1 && attributes.has("hidden");
  const isTemplate =
    name === "template" && (/^[BPS]:[\da-z]+$/.test(attributes.get("id") ?? "") || attributes.has("data-dgst"));
  if (!isPlace && !isTemplate) return tag.end;
  let at = tag.end;
  while (html.startsWith("<!--", at)) {
    const end = commentEnd(html, at);
    if (end < 0 || !isReactMark(html, at, end)) return tag.end;
    at = end;
  }
  const closing = `</${name}>`;
  return html.startsWith(closing, at) ? at + closing.length : tag.end;
}

/** The index after a comment that begins at `open`, or -1. `<!-->` and `<!--->` are complete ones. */
function commentEnd(html: string, open: number): number {
  if (html.startsWith("<!-->", open)) return open + 5;
  if (html.startsWith("<!--->", open)) return open + 6;
  const end = html.indexOf("-->", open + 4);
  return end < 0 ? -1 : end + 3;
}

/** Whether a comment is one of React's: between texts, around boundaries, at forms, before documents' parts. */
function isReactMark(html: string, open: number, end: number): boolean {
  if (end - open > 16) return false;
  return /^(?: |\/?\$[?!~]?|\/?&|F!?|html|head|body)$/.test(html.slice(open + 4, end - 3));
}

/** Whether taking a comment out would change what is read: a reference would grow together, or a line break vanish. */
function guardsText(html: string, open: number, end: number, afterPre: number): boolean {
  if (open === afterPre && (html[end] === "\n" || html[end] === "\r")) return true;
  return /[&<][#\w/!?]*$/.test(html.slice(Math.max(0, open - 40), open));
}

/** The index of `</name` that ends the opaque element whose content begins at `from`, or -1. */
function closingTag(html: string, name: string, from: number): number {
  for (let at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
    const after = at + 2 + name.length;
    if (html.slice(at + 2, after).toLowerCase() === name && /[\s/>]/.test(html[after] ?? "")) return at;
  }
  return -1;
}

/** The index after the tag that begins at `open`. */
function afterTag(html: string, open: number): number {
  const tag = readTag(html, open);
  return typeof tag === "object" ? tag.end : html.length;
}

const tagStart = /<(\/?)([a-zA-Z][^\s/>]*)/y;
const attributeName = /[\s/]*([^\s/>][^\s/>=]*)?/y;
const valueStart = /\s*=\s*/y;
const bareValue = /[^\s>]*/y;

/** Reads the tag at `open`; undefined if there is none, "end of input" if it never ends. */
function readTag(html: string, open: number): Tag | "end of input" | undefined {
  const start = match(tagStart, html, open);
  if (!start) return undefined;
  const attributes = new Map<string, string>();
  const kept: string[] = [];
  let from = open;
  let at = open + start[0].length;
  while (html[at] !== ">") {
    const begin = at;
    const name = match(attributeName, html, at);
    at += name?.[0].length ?? 0;
    if (at >= html.length) return "end of input";
    if (name?.[1] === undefined) continue;
    let value = "";
    const equals = match(valueStart, html, at);
    if (equals) {
      at += equals[0].length;
      const quote = html[at];
      if (quote === '"' || quote === "'") {
        const end = html.indexOf(quote, at + 1);
        if (end < 0) return "end of input";
        value = html.slice(at + 1, end);
        at = end + 1;
      } else {
        value = match(bareValue, html, at)?.[0] ?? "";
        at += value.length;
      }
    }
    const attribute = name[1].toLowerCase();
    if (!attributes.has(attribute)) attributes.set(attribute, value);
    if (attribute === "nonce") {
      kept.push(html.slice(from, begin));
      from = at;
    }
  }
  const name = (start[2] ?? "").toLowerCase();
  const text = [...kept, html.slice(from, at + 1)].join("");
  return { name, closing: start[1] === "/", attributes, text, end: at + 1 };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
