// What pages say of themselves to search engines and to programs that show links.
import type { Metadata } from "next";
import type { Context } from "@/lib/services/context";
import { readSite } from "@/lib/services/read-site";

interface PageMetadata {
  title: string;
  description?: string;
  /** Path and query; made absolute with the site's one origin. */
  path: string;
  type?: "website" | "article" | "profile";
  /** Path of the picture that is shown with links to it. */
  card?: string;
  /** Feeds of this page, name → path. */
  feeds?: { atom?: string; json?: string };
  /** Kept out of search engines. */
  unlisted?: boolean;
}

/** Metadata of a page, with absolute addresses. */
export async function metadataFor(ctx: Context, it: PageMetadata): Promise<Metadata> {
  const { name: siteName } = await readSite(ctx);
  const absolute = (path: string) => new URL(path, ctx.ownOrigin).href;
  const url = absolute(it.path);
  const images = it.card ? [{ url: absolute(it.card), width: 1200, height: 630, alt: it.title }] : undefined;
  return {
    title: it.title,
    description: it.description || undefined,
    alternates: {
      canonical: url,
      types: {
        ...(it.feeds?.atom && { "application/atom+xml": absolute(it.feeds.atom) }),
        ...(it.feeds?.json && { "application/feed+json": absolute(it.feeds.json) }),
      },
    },
    robots: it.unlisted ? { index: false, follow: true } : undefined,
    openGraph: {
      title: it.title,
      description: it.description || undefined,
      url,
      type: it.type ?? "website",
      siteName,
      images,
    },
    twitter: {
      card: images ? "summary_large_image" : "summary",
      title: it.title,
      description: it.description || undefined,
      images,
    },
  };
}

/** Metadata of a page that cannot be shown: `make` failed, and the page itself will say why. */
export async function metadataOrNone(make: () => Promise<Metadata>): Promise<Metadata> {
  try {
    return await make();
  } catch {
    return { title: "Nothing here", robots: { index: false } };
  }
}
