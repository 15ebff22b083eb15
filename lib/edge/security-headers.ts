// The headers that every answer carries, and the two Content-Security-Policies (R10, R11, R12).

const policy = (own: { script: string; style: string; styleAttribute?: string; connect?: string; font?: string }) =>
  [
    "default-src 'none'",
    `script-src ${own.script}`,
    `style-src ${own.style}`,
    `style-src-attr ${own.styleAttribute ?? "'none'"}`,
    "img-src 'self' data: blob:",
    `font-src ${own.font ?? "'self'"}`,
    `connect-src ${own.connect ?? "'self'"}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** The policy of a document: nothing inline, no nonce, so that everybody may get the same bytes. */
export const documentPolicy = policy({ script: "'self'", style: "'self'" });

/** The policy of the front door's own pages: a document with one known style. @param hash like `sha256-…` */
export function plainPagePolicy(hash: string): string {
  return policy({ script: "'self'", style: `'self' '${hash}'` });
}

/** The policy of pages made for one person. @param nonce 128 bits in base64, fresh for this answer */
export function personalPolicy(nonce: string, dev: boolean): string {
  if (!dev) return policy({ script: `'self' 'nonce-${nonce}' 'strict-dynamic'`, style: `'self' 'nonce-${nonce}'` });
  // Hot reload evaluates code, writes style elements and keeps a socket open.
  return policy({
    script: `'self' 'nonce-${nonce}' 'unsafe-eval'`,
    style: "'self' 'unsafe-inline'",
    styleAttribute: "'unsafe-inline'",
    connect: "'self' ws: wss:",
    font: "'self' data:",
  });
}

/** The policy of XML and SVG opened by itself: it shows, it never runs. */
export const inertPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Powers no page of ours uses. Copying a link and the share sheet stay allowed to our own pages. */
const permissions = [
  ...["accelerometer", "autoplay", "bluetooth", "camera", "clipboard-read", "display-capture", "encrypted-media"],
  ...["fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"],
  ...["microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial"],
  ...["sync-xhr", "usb", "xr-spatial-tracking"],
];
const permissionsPolicy = permissions.map((name) => `${name}=()`).join(", ");

/** What an answer may have set more strictly for itself, like `no-referrer` on a page with a token. */
export const mayBeStricter = new Set(["Referrer-Policy", "Cross-Origin-Resource-Policy"]);

/**
 * What only a page that is shown can use or abuse, and types that are only ever parts of one: they need not carry it. (A style sheet's own
 * referrer policy, for what it loads, is the browsers' default, which is ours.)
 */
const ofPages = new Set(["Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"]);
const partOfPage =
  /^(?:font\/|text\/css$|(?:text|application)\/javascript$|image\/(?!svg)|application\/speculationrules\+json$)/;

/** Those of the headers of every answer that mean something with this media type (R12). @param always from `securityHeaders` */
export function headersOfType(always: Record<string, string>, type: string): [string, string][] {
  const all = Object.entries(always);
  return partOfPage.test(type) ? all.filter(([name]) => !ofPages.has(name)) : all;
}

/** The headers of every answer of a site at `publicOrigin`. */
export function securityHeaders(publicOrigin: string): Record<string, string> {
  const { protocol, hostname } = new URL(publicOrigin);
  // Browsers ignore, and complain about, an opener policy from a plain http address on the network.
  const trustworthy = protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": permissionsPolicy,
    "Cross-Origin-Resource-Policy": "same-origin",
    ...(trustworthy && { "Cross-Origin-Opener-Policy": "same-origin" }),
    ...(protocol === "https:" && { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" }),
  };
}
