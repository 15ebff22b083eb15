// HTML of the old site to our Markdown, with everything it refers to looked up: pictures, galleries, blocks, links. Converting
// cannot wait for a database, so it is done until it asks for nothing new.

import type { Session } from "@/lib/services/import-site/session";
import { attachmentsOf, isNotedFile, notedAttachment, notedPage, notedSlug } from "@/lib/services/import-site/survey";
import { type Attachment, htmlToMarkdown, type ResolvedImage } from "@/lib/text/html-to-markdown";
import { normalizeText } from "@/lib/text/normalize";

/** Times that an answer may lead to a new question: a block in a block, a gallery in it, its pictures, their links. */
const rounds = 8;

export interface SourceText {
  html: string;
  dialect: "article" | "comment";
  /** The article it belongs to, for galleries without names. */
  articleId: string;
  footnotes?: ReadonlyMap<string, string>;
}

/** The text as Markdown, normalised, and what was left out of it, in words for a report. */
export async function convertText(
  session: Session,
  source: SourceText,
): Promise<{ markdown: string; leftOut: string[] }> {
  const images = new Answers<ResolvedImage | null>((src) => imageFor(session, src));
  const links = new Answers<string | null>((href) => linkFor(session, href));
  const attachments = new Answers<Attachment | null>((id) => notedAttachment(session, id));
  const blocks = new Answers<string | null>(async (id) => (await session.notebook.read(`block ${id}`))[0] ?? null);
  const own = new Answers<Attachment[]>((id) => attachmentsOf(session, id));
  for (let round = 1; ; round += 1) {
    const leftOut: string[] = [];
    const markdown = htmlToMarkdown(source.html, {
      dialect: source.dialect,
      resolveImage: (src) => (source.dialect === "comment" ? null : (images.get(src) ?? null)),
      resolveLink: (href) => links.get(href) ?? null,
      attachment: (id) => attachments.get(id) ?? null,
      attachments: () => own.get(source.articleId) ?? [],
      reusableBlock: (id) => blocks.get(id) ?? null,
      footnotes: source.footnotes,
      onLeftOut: (what) => leftOut.push(what),
    });
    const asked = [images, links, attachments, blocks, own];
    if (round === rounds || asked.every((answers) => answers.complete)) {
      return { markdown: normalizeText(markdown).trim(), leftOut };
    }
    for (const answers of asked) await answers.fetch();
  }
}

/** Questions asked while converting, answered between two rounds. */
class Answers<T> {
  private readonly known = new Map<string, T>();
  private wanted = new Set<string>();

  constructor(private readonly ask: (key: string) => Promise<T>) {}

  get(key: string): T | undefined {
    if (!this.known.has(key)) this.wanted.add(key);
    return this.known.get(key);
  }

  get complete(): boolean {
    return this.wanted.size === 0;
  }

  async fetch(): Promise<void> {
    const { wanted } = this;
    this.wanted = new Set();
    for (const key of wanted) this.known.set(key, await this.ask(key));
  }
}

/** A picture by any address it had, also by one that was already made ours. Another site's pictures stay where they are. */
async function imageFor(session: Session, src: string): Promise<ResolvedImage | null> {
  if (/^\/u\/[A-Za-z0-9_-]{22}$/.test(src)) return { src };
  const address = session.pictures === null ? null : absolute(session, src);
  if (address === null || session.pictures === null) return null;
  const own = sameHost(address, session.site.link) || (await isNotedFile(session, address));
  return own ? session.pictures.take(address) : null;
}

/** Where a link leads now: to the article that came over, to the picture, or where it always did. Null: only its words stay. */
async function linkFor(session: Session, href: string): Promise<string | null> {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme === "mailto") return href;
  const address = absolute(session, href);
  if (address === null) return null;
  const page = sameHost(address, session.site.link) ? await notedPage(session, address) : null;
  const slug = page?.article === undefined ? null : await notedSlug(session, "public", page.article);
  if (slug !== null) return `/articles/${slug}`;
  const attachment = page?.attachment === undefined ? null : await notedAttachment(session, page.attachment);
  const file = attachment?.url ?? address;
  const picture = /\.(jpe?g|png|gif|webp)$/i.test(new URL(file).pathname) ? await imageFor(session, file) : null;
  return picture?.src ?? file;
}

/** Web addresses only; one without a host is the old site's. */
function absolute(session: Session, address: string): string | null {
  const base = session.site.link || undefined;
  const whole = address.startsWith("//") ? `https:${address}` : address;
  if (!URL.canParse(whole, base ? `${base}/` : undefined)) return null;
  const url = new URL(whole, base ? `${base}/` : undefined);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}

function sameHost(a: string, b: string): boolean {
  const host = (address: string) => (URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, "") : "");
  return host(b) !== "" && host(a) === host(b);
}
