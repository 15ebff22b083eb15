import "server-only";
// Feeds as programs read them: Atom (RFC 4287, with replies by RFC 4685) and JSON Feed 1.1. Written here because an entry needs
// an id that never changes, several authors and what it replies to.
import type { FeedEntry, FeedView } from "@/lib/services/read-feed";
import { absoluteLinks } from "@/lib/text/absolute-links";
import { printXml, type XmlElement, xml } from "@/lib/text/xml";

export interface FeedPlace {
  /** The one origin of this site. */
  origin: string;
  /** The feed's own path. */
  self: string;
}

/** The feed as an Atom document. */
export function atomFeed(feed: FeedView, { origin, self }: FeedPlace): string {
  return printXml(
    xml(
      "feed",
      { xmlns: "http://www.w3.org/2005/Atom", "xmlns:thr": "http://purl.org/syndication/thread/1.0", "xml:lang": "en" },
      xml("id", {}, tagOf(origin, feed.id)),
      xml("title", {}, feed.title),
      ...(feed.subtitle ? [xml("subtitle", {}, feed.subtitle)] : []),
      xml("updated", {}, feed.updatedAt.toISOString()),
      xml("link", { rel: "self", type: "application/atom+xml", href: `${origin}${self}` }),
      xml("link", { rel: "alternate", type: "text/html", href: `${origin}${feed.path}` }),
      // For entries that name nobody: every entry must have an author.
      xml("author", {}, xml("name", {}, feed.siteName)),
      xml("generator", {}, "Colloquy"),
      ...feed.entries.map((entry) => atomEntry(entry, origin)),
    ),
  );
}

function atomEntry(entry: FeedEntry, origin: string): XmlElement {
  const address = `${origin}${entry.path}`;
  const { inReplyTo } = entry;
  return xml(
    "entry",
    {},
    xml("id", {}, tagOf(origin, `${entry.kind}-${entry.id}`)),
    xml("title", {}, entry.title),
    xml("link", { rel: "alternate", type: "text/html", href: address }),
    xml("published", {}, entry.publishedAt.toISOString()),
    xml("updated", {}, entry.updatedAt.toISOString()),
    ...entry.authors.map(({ name, handle }) =>
      xml("author", {}, xml("name", {}, name), ...(handle ? [xml("uri", {}, `${origin}/people/${handle}`)] : [])),
    ),
    ...entry.topics.map(({ slug, name }) => xml("category", { term: slug, label: name })),
    ...(inReplyTo
      ? [
          xml("thr:in-reply-to", {
            ref: tagOf(origin, `${inReplyTo.kind}-${inReplyTo.id}`),
            href: `${origin}${inReplyTo.path}`,
            type: "text/html",
          }),
        ]
      : []),
    ...(entry.kind === "article"
      ? [xml("link", { rel: "replies", type: "application/atom+xml", href: `${address}/comments.xml` })]
      : []),
    ...(entry.summary ? [xml("summary", {}, entry.summary)] : []),
    ...(entry.html === null ? [] : [xml("content", { type: "html" }, absoluteLinks(entry.html, address))]),
  );
}

/** The feed as JSON Feed 1.1. */
export function jsonFeed(feed: FeedView, { origin, self }: FeedPlace): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.subtitle || undefined,
    home_page_url: `${origin}${feed.path}`,
    feed_url: `${origin}${self}`,
    language: "en",
    items: feed.entries.map((entry) => ({
      id: tagOf(origin, `${entry.kind}-${entry.id}`),
      url: `${origin}${entry.path}`,
      title: entry.title,
      summary: entry.summary || undefined,
      // An item must have one of these two.
      ...(entry.html === null
        ? { content_text: entry.summary }
        : { content_html: absoluteLinks(entry.html, `${origin}${entry.path}`) }),
      date_published: entry.publishedAt.toISOString(),
      date_modified: entry.updatedAt.toISOString(),
      authors: entry.authors.map(({ name, handle }) => ({
        name,
        url: handle ? `${origin}/people/${handle}` : undefined,
      })),
      tags: entry.topics.map((topic) => topic.name),
    })),
  });
}

/** An id by RFC 4151 that outlives new slugs. The year is the one in which the form of these ids was settled. */
function tagOf(origin: string, name: string): string {
  return `tag:${new URL(origin).hostname},2026:${name}`;
}
