// The front door (lib/edge) compresses, sets the security headers and turns public pages into documents,
// so Next is told to do none of that itself. In JavaScript, because Next reads it at each start: for TypeScript it loads its compiler first,
// and keeps it.

/** @type {import("next").NextConfig} */
const config = {
  compress: false,
  poweredByHeader: false,
  generateEtags: false,
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
  // Types are checked by `npm test`; whoever only runs the site need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "sharp",
    "markdown-it",
    "sanitize-html",
    "pino",
  ],
  // The front door lets in 256 KiB, and more only where pictures are brought (lib/edge/limits).
  experimental: { serverActions: { bodySizeLimit: "6mb" } },
};

export default config;
