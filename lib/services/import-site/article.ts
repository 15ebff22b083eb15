// One post or page becomes an article: published as it was, or kept as a draft that nobody sees. A text longer than an article
// may be becomes several, each linked to the next.
import { z } from "zod";
import { shortened, slugAttempt, titleOf } from "@/lib/domain/imported-post";
import { limits } from "@/lib/domain/limits";
import { type Person, personFor } from "@/lib/services/import-site/people";
import { importTransactionMs, type Session } from "@/lib/services/import-site/session";
import { notedAttachment, notedSlug } from "@/lib/services/import-site/survey";
import { convertText } from "@/lib/services/import-site/text";
import { topicsOf } from "@/lib/services/import-site/topics";
import { pictureSizes } from "@/lib/services/picture-sizes";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import {
  claimImport,
  fileUnpublished,
  findArticleById,
  findImported,
  type ImportedArticle,
  isSlugTaken,
  lockImportedThread,
  noteImported,
} from "@/lib/store/imports";
import { insertArticle, insertCredits, insertRevision, showArticle } from "@/lib/store/publishing";
import { htmlToName, htmlToText } from "@/lib/text/html-to-markdown";
import { rendererVersion } from "@/lib/text/markdown";
import { normalizeName } from "@/lib/text/normalize";
import { renderInWorker } from "@/lib/text/render-pool";
import type { Rendered } from "@/lib/text/rendered";
import { splitMarkdown } from "@/lib/text/split-markdown";
import type { WxrItem } from "@/lib/text/wxr";

/** Room in each part of a long article for the links to its neighbours. */
const partRoom = 1_000;

interface Part {
  slug: string;
  title: string;
  summary: string;
  body: string;
  rendered: Rendered;
}

interface Brought {
  id: number;
  threadId: number;
  slug: string;
}

/** The article of an earlier run; null when this item was not brought yet. */
export async function earlierArticle(session: Session, item: WxrItem): Promise<ImportedArticle | null> {
  const earlier = await findImported(database(), session.source, { kind: "article", externalIds: [item.id] });
  const id = earlier.get(item.id);
  return id === null || id === undefined ? null : findArticleById(database(), id);
}

/** Brings one item over. Answers the article that its discussion belongs to; null on a dry run. */
export async function bringArticle(session: Session, item: WxrItem, publish: boolean): Promise<Brought | null> {
  const publishedAt = item.publishedAt ?? session.now;
  const author = await personFor(session, item.creator, publishedAt);
  const parts = await partsOf(session, item);
  const topicIds = await topicsOf(session, item);
  const { counts } = session.report;
  if (publish) counts.articlesPublished += parts.length;
  else counts.articlesKeptAsDrafts += parts.length;
  if (session.dryRun) return null;
  return inTransaction(async (tx) => {
    const brought: Brought[] = [];
    for (const [index, part] of parts.entries()) {
      const externalId = index === 0 ? item.id : `${item.id}#${index + 1}`;
      const key = { source: session.source, kind: "article", externalId } as const;
      await claimImport(tx, session.permit, key);
      const article = await writePart(session, tx, { item, part, author, publishedAt, publish, topicIds });
      await noteImported(tx, session.permit, { ...key, localId: article.id });
      brought.push(article);
    }
    return brought[0] ?? null;
  }, importTransactionMs);
}

async function writePart(
  session: Session,
  tx: Transaction,
  write: { item: WxrItem; part: Part; author: Person | null; publishedAt: Date; publish: boolean; topicIds: number[] },
): Promise<Brought> {
  const { permit } = session;
  const { item, part, author, publishedAt, publish, topicIds } = write;
  const { id: articleId, threadId } = await insertArticle(tx, permit, { slug: part.slug, createdAt: publishedAt });
  const { id: revisionId } = await insertRevision(tx, permit, {
    articleId,
    number: 1,
    state: publish ? "PUBLISHED" : "DRAFT",
    title: part.title,
    summary: part.summary,
    body: part.body,
    rendered: part.rendered,
    rendererVersion,
    copyrightHolder: author?.name ?? shortened(normalizeName(session.site.title), limits.title),
    licence: "",
    class: null,
    note: "",
    authorId: author?.id ?? null,
    decidedById: null,
    topicIds,
    createdAt: publishedAt,
    publishedAt: publish ? publishedAt : null,
  });
  if (publish) {
    const changed = item.modifiedAt && item.modifiedAt > publishedAt && item.modifiedAt <= session.now;
    const lastModifiedAt = changed && item.modifiedAt ? item.modifiedAt : publishedAt;
    await showArticle(tx, permit, { articleId, revisionId, firstPublishedAt: publishedAt, lastModifiedAt, topicIds });
  } else await fileUnpublished(tx, permit, { articleId, topicIds });
  const name = author ? null : normalizeName(session.site.title) || "Unknown";
  await insertCredits(tx, permit, { articleId, kind: "WRITTEN", people: [{ userId: author?.id ?? null, name }] });
  if (!item.commentsOpen && session.discussions === "keep") await lockImportedThread(tx, permit, threadId);
  return { id: articleId, threadId, slug: part.slug };
}

async function partsOf(session: Session, item: WxrItem): Promise<Part[]> {
  const footnotes = footnotesOf(item);
  const { markdown, leftOut } = await convertText(session, {
    html: item.content,
    dialect: "article",
    articleId: item.id,
    footnotes,
  });
  const { title, whole, borrowed } = titleOf(htmlToName(item.title), htmlToText(item.content.slice(0, 20_000)));
  const changed = (reason: string) =>
    session.report.line({ kind: item.type, id: item.id, title, outcome: "changed", reason });
  for (const what of leftOut) changed(`left out: ${what}`);
  if (borrowed) changed("it had no title: the first words of its text stand for it");
  if (whole !== null)
    changed("its title is longer than a title can be: it is cut, and the whole one stands above the text");
  const picture = await featuredPicture(session, item, markdown);
  const head = whole === null ? "" : await asMarkdown(session, `<p><strong>${escapeHtml(whole)}</strong></p>`);
  const body = [head, picture.above, markdown, picture.below].filter((piece) => piece !== "").join("\n\n");
  const texts = splitMarkdown(body, limits.articleBody - partRoom);
  if (texts.length > 1)
    changed(`longer than an article can be: it became ${texts.length} articles that lead to each other`);
  const slugs = await slugsFor(session, item, texts.length);
  const titles = texts.map((_, index) => (index === 0 ? title : shortened(`${index + 1}: ${title}`, limits.title)));
  const parts: Part[] = [];
  for (const [index, text] of texts.entries()) {
    const neighbour = (words: string, other: number) =>
      slugs[other] === undefined || texts.length === 1
        ? ""
        : `*${words} [${linkText(titles[other] ?? "")}](/articles/${slugs[other]})*`;
    const before = index === 0 ? "" : neighbour("Continued from", index - 1);
    const after = index === texts.length - 1 ? "" : neighbour("Continued in", index + 1);
    const whole = [before, text, after].filter((piece) => piece !== "").join("\n\n");
    const pictures = await pictureSizes(whole);
    const rendered = await renderInWorker(whole, { dialect: "article", ownOrigin: session.ownOrigin, pictures });
    if (rendered.plain) changed("too much markup to lay out: it is shown as plain text");
    const summary = index === 0 ? shortened(normalizeName(htmlToText(item.excerpt)), limits.summary) : "";
    parts.push({ slug: slugs[index] ?? "", title: titles[index] ?? title, summary, body: whole, rendered });
  }
  return parts;
}

/** The picture that the old site showed with the article, unless it stands in the text: above it, or as a link below it. */
async function featuredPicture(
  session: Session,
  item: WxrItem,
  markdown: string,
): Promise<{ above: string; below: string }> {
  const nothing = { above: "", below: "" };
  const id = item.meta.get("_thumbnail_id") ?? "";
  const attachment = id === "" ? null : await notedAttachment(session, id);
  if (attachment === null) return nothing;
  const caption = attachment.caption === "" ? "" : `<figcaption>${attachment.caption}</figcaption>`;
  const html = `<figure><img src="${escapeHtml(attachment.url)}" alt="${escapeHtml(attachment.alt)}">${caption}</figure>`;
  const shown = await asMarkdown(session, html);
  const address = /\]\(<?([^\s)>]+)/.exec(shown)?.[1] ?? "";
  if (shown === "" || (address !== "" && markdown.includes(address))) return nothing;
  return shown.startsWith("![") ? { above: shown, below: "" } : { above: "", below: shown };
}

async function asMarkdown(session: Session, html: string): Promise<string> {
  return (await convertText(session, { html, dialect: "article", articleId: "" })).markdown;
}

const footnoteSchema = z.array(z.object({ id: z.string(), content: z.string() }));

/** The block editor keeps footnotes apart from the text. */
function footnotesOf(item: WxrItem): ReadonlyMap<string, string> {
  const kept = item.meta.get("footnotes");
  if (!kept) return new Map();
  try {
    const notes = footnoteSchema.safeParse(JSON.parse(kept));
    return new Map(notes.success ? notes.data.map((note) => [note.id, note.content]) : []);
  } catch {
    return new Map();
  }
}

/** The address noted in the first reading, and free ones for further parts. */
async function slugsFor(session: Session, item: WxrItem, count: number): Promise<string[]> {
  const noted = (await notedSlug(session, "slug", item.id)) ?? `article-${item.id}`;
  const slugs: string[] = [];
  for (let attempt = 1; slugs.length < count; attempt += 1) {
    const slug = slugAttempt(noted, attempt);
    if (!(await isSlugTaken(database(), slug))) slugs.push(slug);
  }
  return slugs;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function linkText(title: string): string {
  return title.replace(/[\\[\]*_`<>~^!&]/g, "\\$&");
}
