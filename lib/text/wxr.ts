// Reads a WordPress export (WXR, an RSS file with WordPress's own elements) as a stream: a file of any size in bounded
// memory. It only ever collects text: a DTD is skipped, an entity that XML or HTML does not define stays as it is written.
import sax from "sax";
import { commentOf, type Fields, itemOf, type WxrEntry, type WxrItem } from "@/lib/text/wxr-entry";

export type { WxrAuthor, WxrComment, WxrEntry, WxrItem, WxrSite } from "@/lib/text/wxr-entry";

/** The file cannot be read on. The message is a sentence for the person who imports. */
export class WxrError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
    this.name = "WxrError";
  }
}

/** Characters of one item, comments included. WordPress itself gives up far below; it bounds what one item can take of memory. */
const itemLimit = 32 * 1024 * 1024;
/** What an item that is too large may still say of each short field, so that the report can name it. */
const keptWhenTooLarge = 1_000;

/** Faults that leave no doubt about what is meant; the text stays as written. */
const harmless =
  /^(Invalid character entity|Invalid character in entity name|Text data outside of root node|Non-whitespace before first tag|Attribute without value|Unquoted attribute value|Inappropriately located doctype|Malformed comment)/;

/**
 * Yields what the export holds, in the file's order.
 * @param stream the file's bytes (in the encoding that its first line names) or its text
 * @throws WxrError with the line, when the file is not XML, not a WordPress export, or ends too early
 */
export async function* readWxr(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<WxrEntry> {
  const reader = new WxrReader();
  for await (const text of decoded(stream)) {
    reader.write(text);
    yield* reader.take();
  }
  reader.end();
  yield* reader.take();
}

async function* decoded(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of stream) {
    if (typeof chunk === "string") {
      yield chunk;
      continue;
    }
    decoder ??= new TextDecoder(encodingOf(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

function encodingOf(firstChunk: Uint8Array): string {
  const head = Buffer.from(firstChunk.subarray(0, 200)).toString("latin1");
  const named = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(named).encoding;
  } catch {
    throw new WxrError(
      1,
      `The file says it is written in "${named}", which is not known here. Save it as UTF-8 and try again.`,
    );
  }
}

/** Turns sax's events into entries. One text is collected at a time; what belongs to no field is let go at once. */
class WxrReader {
  private readonly parser = sax.parser(true, { trim: false, position: true });
  private ready: WxrEntry[] = [];
  private path: string[] = [];
  private text: string[] = [];
  private collected = 0;
  private channel: Fields = new Map();
  private record: Fields = new Map();
  private item: {
    line: number;
    fields: Fields;
    size: number;
    item: Pick<WxrItem, "terms" | "meta" | "comments">;
  } | null = null;
  private comment: Fields | null = null;
  private meta: Fields | null = null;
  private category = { taxonomy: "category", slug: "" };
  private siteGiven = false;
  private failure: WxrError | null = null;

  constructor() {
    this.parser.onerror = (error) => this.fail(error);
    this.parser.onopentag = (tag) => this.open(tag.name, tag.attributes);
    this.parser.onclosetag = (name) => this.close(name);
    this.parser.ontext = (text) => this.collect(text);
    this.parser.oncdata = (text) => this.collect(text);
  }

  write(text: string): void {
    this.parser.write(text);
    if (this.failure) throw this.failure;
  }

  end(): void {
    const line = this.parser.line + 1;
    this.parser.close();
    if (this.failure) throw this.failure;
    if (!this.siteGiven) {
      throw new WxrError(
        line,
        "This is not a WordPress export: it has no <channel> of posts. In WordPress it is made under Tools, Export.",
      );
    }
  }

  /** The entries that are complete, once. */
  take(): WxrEntry[] {
    const ready = this.ready;
    this.ready = [];
    return ready;
  }

  private fail(error: Error): void {
    const reason = error.message.split("\n")[0] ?? "";
    // sax stops at its first error unless told to go on; whether to stop is decided here.
    Object.assign(this.parser, { error: null });
    if (harmless.test(reason) || this.failure) return;
    const line = this.parser.line + 1;
    const ended = /^Unclosed root tag|^Unexpected end/.test(reason);
    this.failure = new WxrError(
      line,
      ended
        ? `The file ends in the middle, at line ${line}. It was probably cut off while it was saved or copied.`
        : `The file is not sound XML at line ${line}: ${reason.toLowerCase()}.`,
    );
  }

  private open(name: string, attributes: sax.Tag["attributes"] | sax.QualifiedTag["attributes"]): void {
    this.path.push(name);
    this.text = [];
    this.collected = 0;
    if (this.path.length === 1 && name !== "rss") {
      this.failure ??= new WxrError(
        this.parser.line + 1,
        `This is not a WordPress export: it begins with <${name.slice(0, 40)}>. In WordPress it is made under Tools, Export.`,
      );
    }
    if (this.path.length === 3) this.record = new Map();
    if (this.item === null && name === "item" && this.path.length === 3) {
      this.giveSite();
      this.item = {
        line: this.parser.line + 1,
        fields: new Map(),
        size: 0,
        item: { terms: [], meta: new Map(), comments: [] },
      };
    } else if (this.item && this.path.length === 4) {
      if (name === "wp:comment") this.comment = new Map();
      if (name === "wp:postmeta") this.meta = new Map();
      if (name === "category") {
        this.category = { taxonomy: String(attributes.domain ?? "category"), slug: String(attributes.nicename ?? "") };
      }
    }
  }

  private collect(text: string): void {
    if (this.item) {
      this.item.size += text.length;
      if (this.item.size > itemLimit && this.collected > keptWhenTooLarge) return;
    } else if (this.collected > itemLimit) return;
    this.collected += text.length;
    this.text.push(text);
  }

  private close(name: string): void {
    const value = this.text.join("");
    const depth = this.path.length;
    this.path.pop();
    this.text = [];
    this.collected = 0;
    if (this.item) this.closeInItem(name, value, depth);
    else if (depth === 3) this.closeInChannel(name, value);
    else if (depth === 4) this.record.set(name, value.trim());
    else if (depth === 2 && name === "channel") this.giveSite();
  }

  private closeInChannel(name: string, value: string): void {
    const get = (field: string) => this.record.get(field) ?? "";
    if (name === "wp:author") {
      const author = {
        login: get("wp:author_login"),
        email: get("wp:author_email"),
        displayName: get("wp:author_display_name"),
      };
      this.ready.push({ kind: "author", author });
    } else if (name === "wp:category") {
      this.giveTerm("category", get("wp:category_nicename"), get("wp:cat_name"), get("wp:category_description"));
    } else if (name === "wp:tag") {
      this.giveTerm("post_tag", get("wp:tag_slug"), get("wp:tag_name"), get("wp:tag_description"));
    } else if (name === "wp:term") {
      this.giveTerm(get("wp:term_taxonomy"), get("wp:term_slug"), get("wp:term_name"), get("wp:term_description"));
    } else {
      this.channel.set(name, value.trim());
    }
  }

  private giveTerm(taxonomy: string, slug: string, name: string, description: string): void {
    this.ready.push({ kind: "term", term: { taxonomy, slug, name, description } });
  }

  private giveSite(): void {
    if (this.siteGiven) return;
    this.siteGiven = true;
    const get = (field: string) => this.channel.get(field) ?? "";
    const link = (get("wp:base_blog_url") || get("link")).replace(/\/+$/, "");
    this.ready.push({ kind: "site", site: { title: get("title"), link, language: get("language") } });
  }

  private closeInItem(name: string, value: string, depth: number): void {
    const { item } = this;
    if (!item) return;
    if (depth === 3) {
      this.ready.push({ kind: "item", item: itemOf(item.fields, item.item, item.line, item.size > itemLimit) });
      this.item = null;
    } else if (depth === 4 && name === "wp:comment" && this.comment) {
      if (item.size <= itemLimit) item.item.comments.push(commentOf(this.comment));
      this.comment = null;
    } else if (depth === 4 && name === "wp:postmeta" && this.meta) {
      item.item.meta.set(this.meta.get("wp:meta_key") ?? "", this.meta.get("wp:meta_value") ?? "");
      this.meta = null;
    } else if (depth === 4 && name === "category") {
      item.item.terms.push({ ...this.category, name: value.trim() });
    } else if (depth === 4) {
      item.fields.set(name, value);
    } else if (depth === 5) {
      (this.comment ?? this.meta)?.set(name, value);
    }
  }
}
