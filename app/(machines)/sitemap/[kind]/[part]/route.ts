// One part of a large sitemap.
import { z } from "zod";
import { readSitemapPart } from "@/lib/services/read-sitemap";
import { parsedParams, publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";
import { urlSet } from "@/lib/web/sitemap";

const schema = z.object({
  kind: z.enum(["articles", "topics", "people"]),
  part: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,5})\.xml$/)
    .transform((name) => Number.parseInt(name, 10)),
});

export const GET = publicFile(async (ctx, params) => {
  const addresses = await readSitemapPart(ctx, parsedParams(schema, params));
  const body = urlSet(addresses, ctx.ownOrigin);
  return { body, type: "application/xml; charset=utf-8", keys: [keys.feeds, keys.topics] };
});
