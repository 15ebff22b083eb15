// Films, sounds and posts of other sites. A reader's browser is never made to call another host, so each becomes a plain link
// whose words say what waits there.

const providers: [RegExp, string][] = [
  [/(^|\.)(youtube(-nocookie)?\.com|youtu\.be)$/, "YouTube"],
  [/(^|\.)vimeo\.com$/, "Vimeo"],
  [/(^|\.)wordpress\.tv$/, "WordPress.tv"],
  [/(^|\.)(twitter\.com|x\.com)$/, "Twitter"],
  [/(^|\.)facebook\.com$/, "Facebook"],
  [/(^|\.)instagram\.com$/, "Instagram"],
  [/(^|\.)soundcloud\.com$/, "SoundCloud"],
  [/(^|\.)spotify\.com$/, "Spotify"],
  [/(^|\.)flickr\.com$/, "Flickr"],
  [/(^|\.)tiktok\.com$/, "TikTok"],
  [/(^|\.)dailymotion\.com$/, "Dailymotion"],
  [/(^|\.)ted\.com$/, "TED"],
  [/(^|\.)slideshare\.net$/, "SlideShare"],
  [/^(www|maps)\.google\.[a-z.]+$/, "Google"],
];

/** What stands for an embedded thing: "YouTube: youtu.be/abc"; the address itself for a site that is not known here. */
export function embedLabel(url: string): string {
  const name = providers.find(([host]) => host.test(hostOf(url)))?.[1];
  return name ? `${name}: ${withoutScheme(url)}` : url;
}

/** The player's address of some sites is no page; gives the page to link to. */
export function pageOfPlayer(url: string): string {
  const host = hostOf(url);
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  const youtube = /(^|\.)youtube(-nocookie)?\.com$/.test(host) && /^\/(?:embed|v)\/([\w-]{6,20})/.exec(path);
  if (youtube) return `https://www.youtube.com/watch?v=${youtube[1]}`;
  const vimeo = host === "player.vimeo.com" && /^\/video\/(\d+)/.exec(path);
  if (vimeo) return `https://vimeo.com/${vimeo[1]}`;
  return url;
}

/** The last part of an address's path, readable: what a file is called when nobody said. */
export function fileNameOf(url: string): string {
  const path = url.split(/[?#]/)[0] ?? "";
  const name = path.split("/").filter(Boolean).at(-1) ?? url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : "";
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}
