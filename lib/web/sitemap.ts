import "server-only";
// The sitemap as search engines read it (sitemaps.org).
import type { SitemapAddress } from "@/lib/services/read-sitemap";
import { printXml, xml } from "@/lib/text/xml";

const xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** A list of pages. */
export function urlSet(addresses: readonly SitemapAddress[], origin: string): string {
  const urls = addresses.map(({ path, modifiedAt }) =>
    xml(
      "url",
      {},
      xml("loc", {}, `${origin}${path}`),
      ...(modifiedAt ? [xml("lastmod", {}, modifiedAt.toISOString())] : []),
    ),
  );
  return printXml(xml("urlset", { xmlns }, ...urls));
}

/** A list of lists. */
export function sitemapIndex(paths: readonly string[], origin: string): string {
  return printXml(
    xml("sitemapindex", { xmlns }, ...paths.map((path) => xml("sitemap", {}, xml("loc", {}, `${origin}${path}`)))),
  );
}
