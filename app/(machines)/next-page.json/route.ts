// Speculation rules: a browser that knows them begins to load the page behind a link while it is being pressed, so that plain links feel
// instant. No sooner ("conservative"): what was loaded earlier could lack what this reader has written since.

import { publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

/** Pages that are the same for everybody; what leads to one person's pages, or does something, is left alone. */
const publicPages = ["/", "/articles/*", "/comments/*", "/topics", "/topics/*", "/people/*"];

const rules = {
  prefetch: [
    {
      where: { and: [{ href_matches: publicPages }, { not: { href_matches: ["/*.xml", "/articles/*/suggest"] } }] },
      eagerness: "conservative",
    },
  ],
};

export const dynamic = "force-dynamic";

export const GET = publicFile(async () => ({
  body: JSON.stringify(rules),
  type: "application/speculationrules+json",
  // Every page names it; asked for again with each of them it would double the requests. An old one does no harm.
  headers: { "Cache-Control": "public, max-age=86400" },
  keys: [keys.release],
}));
