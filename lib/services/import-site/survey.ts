// The first reading: who wrote, what pictures and blocks there are, and which address every article will have, so that links
// among the old site's articles lead to the new ones.
import { z } from "zod";
import { fateOfPost, slugAttempt, slugOf } from "@/lib/domain/imported-post";
import type { Session } from "@/lib/services/import-site/session";
import { database } from "@/lib/store/client";
import { findArticleById, findImported, isSlugTaken } from "@/lib/store/imports";
import { htmlToName } from "@/lib/text/html-to-markdown";
import type { WxrEntry, WxrItem } from "@/lib/text/wxr";

const attachmentSchema = z.object({ id: z.string(), url: z.string(), alt: z.string(), caption: z.string() });
export type NotedAttachment = z.infer<typeof attachmentSchema>;

/** Addresses given out in this run, so that two articles do not get the same. */
export class Survey {
  private readonly givenOut = new Set<string>();

  constructor(private readonly session: Session) {}

  async note(entry: WxrEntry): Promise<void> {
    const { session } = this;
    if (entry.kind === "author") session.authors.set(entry.author.login, entry.author);
    else if (entry.kind === "term") {
      const { taxonomy, slug, description } = entry.term;
      if (description !== "") session.topicDescriptions.set(`${taxonomy} ${slug}`, description);
    } else if (entry.kind === "item") await this.noteItem(entry.item);
  }

  private async noteItem(item: WxrItem): Promise<void> {
    const { notebook, now } = this.session;
    if (item.tooLarge) return;
    if (item.type === "attachment" && item.attachmentUrl !== "") {
      const alt = item.meta.get("_wp_attachment_image_alt") || htmlToName(item.title);
      const note: NotedAttachment = { id: item.id, url: item.attachmentUrl, alt, caption: item.excerpt };
      await notebook.write(`attachment ${item.id}`, JSON.stringify(note));
      await notebook.write(`page ${pathKey(item.link)}`, JSON.stringify({ attachment: item.id }));
      await notebook.write(`file ${fileKey(item.attachmentUrl)}`, "");
      if (item.parentId !== "0") await notebook.write(`children ${item.parentId}`, `${item.menuOrder} ${item.id}`);
    } else if (item.type === "wp_block" && item.status === "publish") {
      await notebook.write(`block ${item.id}`, item.content);
    } else if (fateOfPost(item, now).kind !== "skip") {
      const slug = await this.slugFor(item);
      await notebook.write(`slug ${item.id}`, slug);
      if (fateOfPost(item, now).kind === "publish") {
        await notebook.write(`public ${item.id}`, slug);
        if (item.link !== "") await notebook.write(`page ${pathKey(item.link)}`, JSON.stringify({ article: item.id }));
      }
    }
  }

  /** The address of an article: of an earlier run, or the first one free for it. */
  private async slugFor(item: WxrItem): Promise<string> {
    const { source } = this.session;
    const earlier = await findImported(database(), source, { kind: "article", externalIds: [item.id] });
    const id = earlier.get(item.id);
    const article = id === null || id === undefined ? null : await findArticleById(database(), id);
    if (article) return article.slug;
    const wanted =
      slugOf(item.slug, htmlToName(item.title)) || `article-${item.id.replace(/\W/g, "") || "imported"}`.toLowerCase();
    for (let attempt = 1; ; attempt += 1) {
      const slug = slugAttempt(wanted, attempt);
      if (this.givenOut.has(slug) || (await isSlugTaken(database(), slug))) continue;
      this.givenOut.add(slug);
      return slug;
    }
  }
}

/** The part of an address that tells pages of one site apart: path and query, without case and closing slash. */
export function pathKey(address: string): string {
  if (!URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return (
    decodeURI(safely(pathname))
      .replace(/\/{2,}/g, "/")
      .replace(/\/+$/, "")
      .toLowerCase() + search
  );
}

/** A path whose percent signs can all be read. */
function safely(path: string): string {
  try {
    decodeURI(path);
    return path;
  } catch {
    return path.replaceAll("%", "%25");
  }
}

/** A picture or file by its number over there. */
export async function notedAttachment(session: Session, id: string): Promise<NotedAttachment | null> {
  const [note] = await session.notebook.read(`attachment ${id}`);
  return note === undefined ? null : attachmentSchema.parse(JSON.parse(note));
}

/** The pictures that belong to an article, in their order. */
export async function attachmentsOf(session: Session, id: string): Promise<NotedAttachment[]> {
  const notes = (await session.notebook.read(`children ${id}`)).map((note) => note.split(" "));
  notes.sort(([a], [b]) => Number(a) - Number(b));
  const found = await Promise.all(notes.map(([, child]) => notedAttachment(session, child ?? "")));
  return found.filter((attachment) => attachment !== null);
}

const pageSchema = z.object({ article: z.string().optional(), attachment: z.string().optional() });

/** What stood at an address of the old site; null when the file does not say. */
export async function notedPage(session: Session, address: string): Promise<z.infer<typeof pageSchema> | null> {
  const { searchParams } = new URL(address);
  const article = searchParams.get("p") ?? searchParams.get("page_id");
  if (article !== null) return { article };
  const attachment = searchParams.get("attachment_id");
  if (attachment !== null) return { attachment };
  const [note] = await session.notebook.read(`page ${pathKey(address)}`);
  return note === undefined ? null : pageSchema.parse(JSON.parse(note));
}

/** The address that was given to an article; with "public" only when readers can see it. */
export async function notedSlug(session: Session, which: "public" | "slug", id: string): Promise<string | null> {
  const [slug] = await session.notebook.read(`${which} ${id}`);
  return slug ?? null;
}

/** Whether an address is that of a file of the old site's media library, perhaps in one of its smaller sizes. */
export async function isNotedFile(session: Session, address: string): Promise<boolean> {
  return (await session.notebook.read(`file ${fileKey(address)}`)).length > 0;
}

/** Host and path, without the size in the file's name. */
function fileKey(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, pathname } = new URL(address);
  return (hostname + pathname).toLowerCase().replace(/-(?:\d+x\d+|scaled|rotated)(\.\w+)$/, "$1");
}
