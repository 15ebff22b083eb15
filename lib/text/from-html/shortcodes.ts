// WordPress's bracket codes ([caption], [gallery], [audio] …) written out as HTML before it is parsed. Each code is looked at
// once, from left to right; what stands in <pre> and <code> is left as it is.

/** Longest attribute part that is looked at; beyond, the bracket is ordinary text. It keeps hostile text from costing much. */
const attributesLimit = 4_000;

/** Page builders' codes: scaffolding around the text, which nobody was ever meant to read. */
const scaffolding = /^(vc|et_pb|fusion|av|mk|us|cs|tatsu|thrive|siteorigin)_[a-z0-9_]+$/;

const opening = /\[(\/?)([a-z][a-z0-9_-]{0,40})(?=[\s\]/=])/iy;
const attributePattern = /([a-z0-9_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|'([^']*)'|([^\s"'[\]]+)/gi;

interface Code {
  name: string;
  closing: boolean;
  named: Map<string, string>;
  /** Values without a name, in order. */
  plain: string[];
  end: number;
}

/** @param onUnknown told the name of every code that is left in the text, or taken out with nothing in its place */
export function expandShortcodes(html: string, onUnknown: (name: string) => void): string {
  if (!html.includes("[")) return html;
  const closings = new Closings(html);
  const parts: string[] = [];
  let done = 0;
  for (let at = nextMark(html, 0); at >= 0; at = nextMark(html, at)) {
    if (html[at] === "<") {
      at = closings.endOfCode(at);
      continue;
    }
    if (html.startsWith("[[", at)) {
      const code = readCode(html, at + 1);
      if (code && html[code.end] === "]") {
        parts.push(html.slice(done, at), html.slice(at + 1, code.end));
        done = code.end + 1;
        at = done;
        continue;
      }
      at += 1;
      continue;
    }
    const code = readCode(html, at);
    const written = code && expand(code, closings);
    if (!code || !written) {
      if (code && (code.named.size > 0 || code.closing)) onUnknown(code.name);
      at += 1;
      continue;
    }
    if (scaffolding.test(code.name)) onUnknown(code.name);
    parts.push(html.slice(done, at), written.html);
    done = written.end;
    at = done;
  }
  parts.push(html.slice(done));
  return parts.join("");
}

function nextMark(html: string, from: number): number {
  for (let at = from; at < html.length; at += 1) {
    const character = html[at];
    if (character === "[") return at;
    if (character === "<" && /^<(pre|code)[\s>]/i.test(html.slice(at, at + 6))) return at;
  }
  return -1;
}

/** Finds closings, and remembers which kinds do not come any more. */
class Closings {
  private readonly lower: string;
  private readonly gone = new Set<string>();

  constructor(readonly html: string) {
    this.lower = html.toLowerCase();
  }

  find(closing: string, from: number): number {
    if (this.gone.has(closing)) return -1;
    const at = this.lower.indexOf(closing, from);
    if (at < 0) this.gone.add(closing);
    return at;
  }

  endOfCode(at: number): number {
    const closing = /^<pre/i.test(this.html.slice(at, at + 4)) ? "</pre" : "</code";
    const end = this.find(closing, at);
    return end < 0 ? at + 1 : end + closing.length;
  }
}

function readCode(html: string, at: number): Code | null {
  opening.lastIndex = at;
  const start = opening.exec(html);
  if (!start) return null;
  const rest = html.slice(opening.lastIndex, opening.lastIndex + attributesLimit);
  const end = closingBracket(rest);
  if (end < 0) return null;
  const code: Code = {
    name: (start[2] ?? "").toLowerCase(),
    closing: start[1] === "/",
    named: new Map(),
    plain: [],
    end: opening.lastIndex + end + 1,
  };
  for (const match of rest.slice(0, end).replace(/\/$/, "").replace(/^=/, " ").matchAll(attributePattern)) {
    const value = decodeQuotes(match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[6] ?? match[7] ?? "");
    if (match[1]) code.named.set(match[1].toLowerCase(), value);
    else code.plain.push(value);
  }
  return code;
}

/** Where the code ends: the first "]" outside quotes; a quote that never closes counts as a letter. */
function closingBracket(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "]") return at;
    if (character === "[" || character === "<") return -1;
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1);
      if (close > 0) at = close;
    }
  }
  return -1;
}

function decodeQuotes(value: string): string {
  return value.replace(/&(?:quot|#0?34);|[“”″]/g, '"').replace(/&amp;/g, "&");
}

function expand(code: Code, closings: Closings): { html: string; end: number } | null {
  if (scaffolding.test(code.name)) return { html: "\n\n", end: code.end };
  if (code.closing) return null;
  const media = () =>
    code.named.get("src") ?? [...code.named].find(([name]) => mediaKinds.has(name))?.[1] ?? code.plain.find(isAddress);
  switch (code.name) {
    case "caption":
    case "wp_caption":
      return withContent(code, closings, (content) => caption(code.named.get("caption"), content));
    case "gallery":
    case "playlist":
      return {
        html: `<figure data-gallery="${escapeHtml(code.named.get("ids") ?? code.named.get("include") ?? "")}"></figure>`,
        end: code.end,
      };
    case "audio":
    case "video": {
      const source = media();
      const after = closings.html.startsWith(`[/${code.name}]`, code.end) ? code.end + code.name.length + 3 : code.end;
      return source ? { html: `<${code.name} src="${escapeHtml(source)}"></${code.name}>`, end: after } : null;
    }
    case "embed":
      return withContent(code, closings, (content) => `\n\n${content.trim()}\n\n`);
    case "youtube":
    case "vimeo": {
      const value = code.plain[0] ?? code.named.get("id") ?? "";
      const page = code.name === "youtube" ? "https://www.youtube.com/watch?v=" : "https://vimeo.com/";
      if (!value) return null;
      return { html: `\n\n${escapeHtml(isAddress(value) ? value : page + value)}\n\n`, end: code.end };
    }
    case "code":
    case "sourcecode": {
      const language = (code.named.get("language") ?? code.named.get("lang") ?? "").replace(/[^\w#+-]/g, "");
      return withContent(
        code,
        closings,
        (content) => `<pre><code class="language-${language}">${codeText(content)}</code></pre>`,
      );
    }
    default:
      return null;
  }
}

const mediaKinds = new Set([
  "mp3",
  "m4a",
  "ogg",
  "wav",
  "flac",
  "mp4",
  "m4v",
  "webm",
  "ogv",
  "flv",
  "wmv",
  "url",
  "href",
]);

function withContent(
  code: Code,
  closings: Closings,
  write: (content: string) => string,
): { html: string; end: number } | null {
  const closing = `[/${code.name}]`;
  const end = closings.find(closing, code.end);
  return end < 0 ? null : { html: write(closings.html.slice(code.end, end)), end: end + closing.length };
}

/** Old exports name the caption in the code; later ones let it follow the picture. */
function caption(named: string | undefined, content: string): string {
  const picture = /^\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*<\/a>)?/i.exec(content)?.[0];
  const words = named ?? (picture === undefined ? "" : content.slice(picture.length));
  const rest = named === undefined ? (picture ?? content) : content;
  return `<figure>${rest}<figcaption>${words}</figcaption></figure>`;
}

/** WordPress keeps such code sometimes with entities and sometimes without. */
function codeText(content: string): string {
  const text = content.replace(/^\r?\n/, "");
  return text.includes("<") || !/&(lt|gt|amp|quot|#\d+);/.test(text) ? escapeHtml(text) : text;
}

function isAddress(value: string): boolean {
  return /^https?:\/\//i.test(value);
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
