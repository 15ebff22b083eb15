// What a reader reads of rendered HTML, and where its links lead: for everything that judges a text and does not show it.

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Elements that do not part a word: "un<em>believ</em>able" is one. Every other tag stands between two lines. */
const inside = new Set(["a", "b", "bdi", "code", "del", "em", "i", "ins", "mark", "s", "span", "strong", "sub", "sup"]);

function decoded(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** The plain text of HTML that our own renderer made. */
export function textOfHtml(html: string): string {
  const text = html.replace(/<\/?([a-z0-9]+)[^>]*>/g, (_tag, name: string) => (inside.has(name) ? "" : "\n"));
  return decoded(text)
    .replace(/\n{2,}/g, "\n")
    .trim();
}

/** The hosts that links in our renderer's HTML lead to, each once, in ASCII; links within the site have none. */
export function hostsOfHtml(html: string): string[] {
  const hosts = new Set<string>();
  for (const [, href = ""] of html.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
    const address = decoded(href);
    if (URL.canParse(address)) hosts.add(new URL(address).hostname || addressee(address));
  }
  hosts.delete("");
  return [...hosts];
}

/** "example.org" of "mailto:ada@example.org". */
function addressee(address: string): string {
  return address.startsWith("mailto:") ? (address.split("@")[1]?.split("?")[0] ?? "").toLowerCase() : "";
}

const written = /[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;

/** The same of addresses that are only written out, like "example.org", in plain text. */
export function hostsWritten(text: string): string[] {
  const hosts = new Set<string>();
  for (const [host] of text.matchAll(written)) {
    if (/\.\p{L}[\p{L}\p{N}-]+$/u.test(host) && URL.canParse(`https://${host}`))
      hosts.add(new URL(`https://${host}`).hostname);
  }
  return [...hosts];
}
