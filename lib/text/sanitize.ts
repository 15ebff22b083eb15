// The second net (R57): whatever HTML comes in, only this short list comes out. It trusts nothing of the first net, which
// is why it judges addresses by itself.
import sanitizeHtml from "sanitize-html";
import type { RenderOptions } from "@/lib/text/rendered";
import { asSafeHtml, type SafeHtml } from "@/lib/text/safe-html";

const inBoth = [
  ...["p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "h2", "h3", "h4"],
  ...["table", "thead", "tbody", "tr", "th", "td", "div", "span"],
];
const inArticles = ["img", "figure", "figcaption", "section", "dl", "dt", "dd", "sub", "sup"];

/** Every id in our text begins with it, so that no heading can pass for a part of the page (DOM clobbering). */
export const idPrefix = "user-content-";

const uploadedImage = /^\/u\/[A-Za-z0-9_-]{1,64}$/;
/** Containers ≤ 16, each up to two elements, and what stands inside: deeper is not our writing. */
const deepest = 60;

const shared = {
  a: ["href", "rel"],
  ol: ["start"],
  pre: ["tabindex"],
  th: ["align"],
  td: ["align"],
  div: ["role", "tabindex", "aria-label"],
};
const attributes = {
  comment: shared,
  article: {
    ...shared,
    a: ["href", "rel", "id", "aria-label"],
    h2: ["id"],
    h3: ["id"],
    h4: ["id"],
    li: ["id"],
    section: ["aria-label"],
    img: ["src", "alt", "width", "height", "srcset", "sizes", "loading", "decoding"],
  },
};
/** What the values of these must look like, on whatever element they stand. */
const values: Record<string, RegExp> = {
  id: new RegExp(`^${idPrefix}[^\\s"'<>&]{1,120}$`, "u"),
  start: /^-?\d{1,9}$/,
  align: /^(?:left|center|right)$/,
  role: /^group$/,
  tabindex: /^0$/,
  "aria-label": /^(?:Table|Footnotes|Back to the text)$/,
  width: /^[1-9]\d{0,4}$/,
  height: /^[1-9]\d{0,4}$/,
  srcset: /^(?:\/u\/[A-Za-z0-9_-]{22}(?:-\d{2,4})? \d{2,4}w(?:, |$)){1,4}$/,
  sizes: /^\(max-width: 44rem\) 100vw, 42\.5rem$/,
  loading: /^lazy$/,
  decoding: /^async$/,
};
const sharedClasses = {
  code: [/^language-[a-z0-9][a-z0-9+#.-]{0,29}$/, "hljs"],
  span: [/^hljs-[a-z_-]{1,40}$/, /^(?:function_|class_|inherited__|language_|constant_|invoke__)$/, "code-point"],
  div: ["table-scroll"],
};
const classes = {
  comment: sharedClasses,
  article: {
    ...sharedClasses,
    a: ["footnote-ref", "footnote-backref"],
    section: ["footnotes"],
    figure: ["gallery"],
  },
};

/** HTML reduced to what the dialect allows. Text is kept, markup outside the list is not. */
export function sanitize(html: string, { dialect, ownOrigin }: RenderOptions): SafeHtml {
  const clean = sanitizeHtml(html, {
    allowedTags: dialect === "article" ? [...inBoth, ...inArticles] : inBoth,
    allowedAttributes: attributes[dialect],
    allowedClasses: classes[dialect],
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: {},
    allowProtocolRelative: false,
    disallowedTagsMode: "discard",
    nonTextTags: ["script", "style", "textarea", "option", "xmp", "noscript", "title", "iframe", "noembed", "noframes"],
    nestingLimit: deepest,
    parseStyleAttributes: false,
    transformTags: {
      h1: "h2",
      h5: "h4",
      h6: "h4",
      a: (tagName, attribs) => ({ tagName, attribs: link(attribs, ownOrigin) }),
      // An image that would make the reader's browser ask elsewhere becomes an empty span, which asks nothing.
      img: (tagName, attribs) =>
        uploadedImage.test(attribs.src ?? "") ? { tagName, attribs } : { tagName: "span", attribs: {} },
      "*": (tagName, attribs) => ({ tagName, attribs: knownValues(attribs) }),
    },
  });
  return asSafeHtml(clean);
}

function knownValues(attribs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attribs).filter(([name, value]) => values[name]?.test(value) ?? true));
}

const address = /^[^\s"'<>?&@]{1,64}@[^\s"'<>?&@]{1,255}(?:\?subject=[^\s"'<>&]*)?$/;

/** Keeps an address that is plain http, https, mailto, a path of ours or a fragment; marks the foreign ones. */
function link({ href = "", rel: _theirs, ...rest }: Record<string, string>, ownOrigin: string): Record<string, string> {
  if (/^#[^\s"'<>]*$/.test(href)) return { ...rest, href };
  if (!URL.canParse(href, ownOrigin)) return rest;
  const url = new URL(href, ownOrigin);
  const isMail = url.protocol === "mailto:" && address.test(url.href.slice("mailto:".length));
  if (!isMail && url.protocol !== "https:" && url.protocol !== "http:") return rest;
  url.username = "";
  url.password = "";
  if (url.origin === ownOrigin) return { ...rest, href: url.href.slice(ownOrigin.length).replace(/^\/+/, "/") };
  return { ...rest, href: url.href, rel: "nofollow ugc noopener noreferrer" };
}
