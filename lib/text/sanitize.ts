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

const columnAlign = { name: "align", values: ["left", "center", "right"] };
const shared = {
  a: ["href", "rel"],
  ol: ["start"],
  pre: [{ name: "tabindex", values: ["0"] }],
  th: [columnAlign],
  td: [columnAlign],
  div: [
    { name: "role", values: ["region"] },
    { name: "tabindex", values: ["0"] },
    { name: "aria-label", values: ["Table"] },
  ],
};
const attributes = {
  comment: shared,
  article: {
    ...shared,
    a: ["href", "rel", "id", { name: "aria-label", values: ["Back to the text"] }],
    h2: ["id"],
    h3: ["id"],
    h4: ["id"],
    li: ["id"],
    section: [{ name: "aria-label", values: ["Footnotes"] }],
    img: ["src", "alt", { name: "loading", values: ["lazy"] }, { name: "decoding", values: ["async"] }],
  },
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
      "*": (tagName, attribs) => ({ tagName, attribs: ownIdsOnly(attribs) }),
    },
  });
  return asSafeHtml(clean);
}

function ownIdsOnly(attribs: Record<string, string>): Record<string, string> {
  if (attribs.id === undefined || new RegExp(`^${idPrefix}[^\\s"'<>&]+$`, "u").test(attribs.id)) return attribs;
  const { id: _dropped, ...rest } = attribs;
  return rest;
}

/** Keeps an address that is plain http, https, mailto, a path of ours or a fragment; marks the foreign ones. */
function link({ href = "", rel: _theirs, ...rest }: Record<string, string>, ownOrigin: string): Record<string, string> {
  if (/^#[^\s]*$/.test(href)) return { ...rest, href };
  if (!URL.canParse(href, ownOrigin)) return rest;
  const url = new URL(href, ownOrigin);
  if (!/^(?:https?|mailto):$/.test(url.protocol)) return rest;
  url.username = "";
  url.password = "";
  if (url.origin === ownOrigin) return { ...rest, href: url.href.slice(ownOrigin.length).replace(/^\/+/, "/") };
  return { ...rest, href: url.href, rel: "nofollow ugc noopener noreferrer" };
}
