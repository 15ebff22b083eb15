// Every public address, or the list of the parts that hold them.
import { readSitemap } from "@/lib/services/read-sitemap";
import { publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";
import { sitemapIndex, urlSet } from "@/lib/web/sitemap";

export const GET = publicFile(async (ctx) => {
  const sitemap = await readSitemap(ctx);
  const body =
    "parts" in sitemap
      ? sitemapIndex(
          sitemap.parts.map(({ kind, part }) => `/sitemap/${kind}/${part}.xml`),
          ctx.ownOrigin,
        )
      : urlSet(sitemap.addresses, ctx.ownOrigin);
  return { body, type: "application/xml; charset=utf-8", keys: [keys.feeds, keys.topics] };
});
