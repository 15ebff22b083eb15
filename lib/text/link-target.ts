// Where a link may lead (R59), and how a reader is told when its words name another place.

export interface LinkTarget {
  /** Ready for the attribute, once escaped. */
  href: string;
  /** On another host than ours. */
  foreign: boolean;
  /** The host it leads to (or writes to), in ASCII: other alphabets show as punycode, so that nothing can pass for Latin. */
  host: string;
  /** The address carried a user name or password, which is gone from `href`. */
  hadUserInfo: boolean;
}

/** Longer addresses are data in disguise; browsers and proxies stop near here too. */
export const longestAddress = 2_000;
const scheme = /^[a-z][a-z0-9+.-]*:/i;
const mailAddress = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/**
 * What a written address leads to: http, https, mailto, a path on our site or a fragment of the page. Null for everything
 * else, which the caller shows as text.
 * @param ownOrigin like "https://talk.example.org"
 */
export function linkTarget(written: string, ownOrigin: string): LinkTarget | null {
  // Browsers drop these around an address and inside it; so do we, before we look.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  const raw = written.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, "").replace(/[\t\n\r]/g, "");
  if (raw === "" || raw.length > longestAddress) return null;
  if (raw.startsWith("#")) return within(ownOrigin, raw);
  if (raw.startsWith("//")) return absolute(`https:${raw}`, ownOrigin);
  if (raw.startsWith("/")) return within(ownOrigin, raw);
  if (/^www\./i.test(raw)) return absolute(`https://${raw}`, ownOrigin);
  return scheme.test(raw) ? absolute(raw, ownOrigin) : null;
}

function within(ownOrigin: string, raw: string): LinkTarget | null {
  if (!URL.canParse(raw, ownOrigin)) return null;
  const url = new URL(raw, ownOrigin);
  if (url.origin !== ownOrigin) return null;
  const href = raw.startsWith("#") ? url.hash || "#" : url.pathname + url.search + url.hash;
  // "/.//other.example" parses to a path that a browser would read as another host.
  if (href.startsWith("//")) return null;
  return { href, foreign: false, host: url.hostname, hadUserInfo: false };
}

function absolute(raw: string, ownOrigin: string): LinkTarget | null {
  if (!URL.canParse(raw)) return null;
  const url = new URL(raw);
  if (url.protocol === "mailto:") return mail(url);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const hadUserInfo = url.username !== "" || url.password !== "";
  url.username = "";
  url.password = "";
  if (url.origin === ownOrigin) {
    const inside = within(ownOrigin, url.pathname + url.search + url.hash);
    return inside && { ...inside, hadUserInfo };
  }
  return { href: url.href, foreign: true, host: url.hostname, hadUserInfo };
}

function mail(url: URL): LinkTarget | null {
  const address = decodeSafely(url.pathname);
  if (!mailAddress.test(address)) return null;
  const subject = url.searchParams.get("subject");
  const href = `mailto:${encodeURI(address)}${subject ? `?subject=${encodeURIComponent(subject)}` : ""}`;
  return { href, foreign: true, host: address.slice(address.lastIndexOf("@") + 1).toLowerCase(), hadUserInfo: false };
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

// Something a reader would take for a host: labels with dots between them, standing where an address could begin.
const hostLike = /(?<![\p{L}\p{N}\p{M}.-])(?:[\p{L}\p{N}\p{M}-]+\.)+[\p{L}\p{M}]{2,}(?![\p{L}\p{N}\p{M}-])/gu;
const addressLike = /\/\/(?:[^\s/?#@]*@)?([^\s/?#:@]{1,253})/gu;
// Endings that are files or products, not places.
const fileEndings =
  /\.(?:js|ts|tsx|jsx|mjs|css|html?|json|xml|ya?ml|txt|pdf|php|png|jpe?g|gif|webp|svg|csv|docx?|exe|dll)$/i;
// Signs that pass for a full stop in a host.
const dots = /[\u2024\u3002\uff0e\uff61\u06d4\u0701\u0702]/g;

/**
 * The real host, when the link's words look like another one or spell it with letters that could be others; else null.
 * The caller puts it after the link, in parentheses.
 */
export function hostToShow(text: string, target: LinkTarget): string | null {
  const real = withoutWww(target.host);
  return hostsIn(text).some((host) => withoutWww(host) !== real) ? target.host : null;
}

function hostsIn(text: string): string[] {
  const readable = text
    .normalize("NFKC")
    .replace(dots, ".")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase();
  const withScheme = Array.from(readable.matchAll(addressLike), (match) => match[1] ?? "");
  const bare = Array.from(readable.matchAll(hostLike), (match) => match[0]).filter((host) => !fileEndings.test(host));
  return [
    ...withScheme.map((host) => host.replace(/[),.;:!'"\]]{1,5}$/, "")).filter((host) => host.includes(".")),
    ...bare,
  ];
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, "");
}
