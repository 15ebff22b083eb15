// What programs that read the web should leave alone: what is personal, what has no end, what is for other programs (R15).
import { publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

const closed = [
  "/api/",
  // Each is part of an article's page already.
  "/comments/",
  "/search",
  "/desk",
  "/settings",
  "/moderation-log",
  "/log-in",
  "/sign-up",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/articles/*/suggest",
  "/articles/*/compare/",
];

/** Drawn for each site, not once for all when the code is built: the origin is a setting. */
export const dynamic = "force-dynamic";

export const GET = publicFile(async (ctx) => {
  const lines = [
    "User-agent: *",
    ...closed.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${ctx.ownOrigin}/sitemap.xml`,
  ];
  return { body: `${lines.join("\n")}\n`, type: "text/plain; charset=utf-8", keys: [keys.release] };
});
