// Pictures, figures and galleries. A picture that is here becomes an image, with its caption as the title; one that is not
// becomes a link with its alternative text, so that no reader's browser calls another host.
import type { Element } from "hast";
import type { Image, ListItem, PhrasingContent } from "mdast";
import {
  attribute,
  type Content,
  collapse,
  find,
  findAll,
  hasClass,
  isElement,
  textOf,
} from "@/lib/text/from-html/elements";
import { fileNameOf, hostOf } from "@/lib/text/from-html/embeds";
import { type Flow, type Leaf, type Mark, phrasing, withMark } from "@/lib/text/from-html/flow";
import type { Attachment, Page, Place } from "@/lib/text/from-html/page";

/** Formulas and little signs are set in the line of text, not apart from it. */
const inlineHeight = 48;

export const isPicture = (node: Content): boolean => isElement(node, "img", "image");

/** The places where WordPress and its plugins write a picture's address, the largest first. */
function sourcesOf(image: Element): string[] {
  const names = ["dataOrigFile", "dataFullUrl", "dataLargeFile", "src", "dataSrc", "dataLazySrc", "dataOriginal"];
  return names.map((name) => attribute(image, name)).filter((source) => source !== "" && !isPlaceholder(source));
}

const isPlaceholder = (source: string): boolean =>
  /^data:image\/(gif|svg)/i.test(source) || source.startsWith("about:");

/** A picture in running text. */
export function picture(page: Page, flow: Flow, image: Element, place: Place): void {
  const alt = collapse(attribute(image, "alt"));
  if (hasClass(image, "wp-smiley", "emoji")) {
    flow.words(alt, place.marks);
    return;
  }
  const height = Number(attribute(image, "height"));
  const inline = hasClass(image, "latex") || (height > 0 && height <= inlineHeight);
  for (const leaf of leavesOf(page, image, place.marks))
    flow.leaf({ ...leaf, picture: !inline && leaf.picture === true });
}

function leavesOf(page: Page, image: Element, marks: readonly Mark[]): Leaf[] {
  const alt = collapse(attribute(image, "alt"));
  const sources = sourcesOf(image);
  const around = marks.find((mark) => mark.type === "link");
  const href = around?.type === "link" ? around.url : "";
  const own = shown(page, [...sources, ...(isImageAddress(href) ? [href] : [])], alt);
  const withoutLink = marks.filter((mark) => mark.type !== "link");
  const samePicture =
    href === "" || sources.some((source) => sameFile(source, href)) || isImageAddress(href) || own?.url === href;
  if (own) return [{ node: own, marks: samePicture ? withoutLink : marks, picture: true }];
  const source = sources.find((candidate) => /^https?:/i.test(page.options.resolveLink?.(candidate) ?? candidate));
  if (source === undefined) return alt === "" ? [] : [{ node: { type: "text", value: alt }, marks }];
  const url = page.options.resolveLink?.(source) ?? source;
  const link: Mark = { type: "link", url, title: null };
  const label = alt || collapse(attribute(image, "title")) || fileNameOf(source);
  const stands: Leaf = { node: { type: "text", value: label }, marks: withMark(withoutLink, link), picture: true };
  if (samePicture || around === undefined) return [stands];
  // A picture that was itself a link: both addresses are kept.
  const also = (value: string, held: readonly Mark[]): Leaf => ({
    node: { type: "text", value },
    marks: held,
    picture: true,
  });
  return [stands, also(" (", []), also(hostOf(href) || href, [around]), also(")", [])];
}

function shown(page: Page, sources: readonly string[], alt: string): Image | null {
  for (const source of sources) {
    const found = page.options.resolveImage(source, alt);
    if (found) return { type: "image", url: found.src, alt, title: null };
  }
  return null;
}

const isImageAddress = (url: string): boolean => /\.(jpe?g|png|gif|webp)$/i.test(url.split(/[?#]/)[0] ?? "");

/** Whether two addresses are one picture, perhaps in two sizes ("photo-300x200.jpg", "photo.jpg?w=600"). */
function sameFile(a: string, b: string): boolean {
  const name = (url: string) =>
    (url.split(/[?#]/)[0] ?? "").replace(/^https?:/, "").replace(/(-\d+x\d+|-scaled)(\.\w+)$/, "$2");
  return name(a) === name(b);
}

/** <figure>, and what WordPress used before it: pictures with their captions, or something else with a caption below. */
export function figure(page: Page, flow: Flow, element: Element, place: Place): void {
  flow.flush();
  const ids = element.properties.dataGallery;
  const inner = findAll(element, (child) => isElement(child, "figure") || hasClass(child, "gallery-item"));
  const content = element.children.filter((child) => !isCaption(child));
  const caption = element.children.filter(isCaption).flatMap((child) => ("children" in child ? child.children : []));
  if (typeof ids === "string") namedGallery(page, flow, ids, place);
  else if (inner.some((child) => find(child, isPicture))) {
    page.walk(
      flow,
      content.filter((child) => !isElement(child, "figure", "ul", "div", "dl")),
      place,
    );
    gallery(
      flow,
      inner.map((child) => itemOf(page, child, place)),
    );
    captionBelow(page, flow, caption, place);
  } else if (findAll(element, isPicture).length === 1 && collapse(content.map(textOf).join("")) === "") {
    onePicture(page, flow, element, place);
  } else {
    page.walk(flow, content, { ...place, parent: element });
    captionBelow(page, flow, caption, place);
  }
}

/** A picture that is here takes its caption as its title, unless that links somewhere; else the caption stands below. */
function onePicture(page: Page, flow: Flow, element: Element, place: Place): void {
  const item = itemOf(page, element, place);
  const title = plainCaption(item.caption);
  if (item.image && title !== null) item.image.title = title || null;
  const picture = phrasing(item.leaves);
  if (picture.length > 0) flow.block({ type: "paragraph", children: picture });
  const repeats = title !== null && title === collapse(picture.map(plainText).join(""));
  if (item.caption.length === 0 || repeats || item.image?.title) return;
  captionBelow(
    page,
    flow,
    findAll(element, isCaption).flatMap((child) => child.children),
    place,
  );
}

const isCaption = (node: Content): boolean =>
  isElement(node, "figcaption") ||
  (node.type === "element" && hasClass(node, "wp-caption-text", "gallery-caption", "wp-caption-dd"));

interface GalleryItem {
  leaves: Leaf[];
  /** The picture, when it is here. */
  image: Image | null;
  caption: PhrasingContent[];
}

function itemOf(page: Page, element: Element, place: Place): GalleryItem {
  const image = find(element, isPicture);
  const link = find(element, (child) => isElement(child, "a") && find(child, isPicture) !== undefined);
  const href = link ? attribute(link, "href") : "";
  const url = href === "" ? null : page.options.resolveLink ? page.options.resolveLink(href) : href;
  const marks = url ? withMark([], { type: "link", url, title: null }) : [];
  const captions = findAll(element, isCaption).flatMap((child) => child.children);
  const leaves = image ? leavesOf(page, image, marks) : [];
  const node = leaves.find((leaf) => leaf.node.type === "image")?.node;
  return { leaves, image: node?.type === "image" ? node : null, caption: captionOf(page, captions, place) };
}

/** Pictures that are here stand together in one paragraph; those that are not are a list of links. */
function gallery(flow: Flow, items: readonly GalleryItem[]): void {
  const shownItems = items.filter((item) => item.image !== null);
  const blank: Leaf = { node: { type: "text", value: " " }, marks: [] };
  const row = shownItems.flatMap((item) => {
    if (item.image) item.image.title = collapse(item.caption.map(plainText).join("")) || null;
    return [...item.leaves, blank];
  });
  if (row.length > 0) flow.block({ type: "paragraph", children: phrasing(row) });
  const links = items.filter((item) => item.image === null && item.leaves.length > 0);
  if (links.length === 0) return;
  const children = links.map((item): ListItem => {
    const link = phrasing(item.leaves);
    const repeats = collapse(item.caption.map(plainText).join("")) === collapse(link.map(plainText).join(""));
    const caption: PhrasingContent[] =
      item.caption.length === 0 || repeats ? [] : [{ type: "text", value: ": " }, ...item.caption];
    return { type: "listItem", spread: false, children: [{ type: "paragraph", children: [...link, ...caption] }] };
  });
  flow.block({ type: "list", ordered: false, spread: false, children });
}

/** A gallery that names its pictures by number, or none: then it is all that belong to the article. */
function namedGallery(page: Page, flow: Flow, ids: string, place: Place): void {
  const numbers = ids.split(/[\s,]+/).filter(Boolean);
  const named = numbers.map((id) => page.options.attachment?.(id) ?? null);
  const found = numbers.length > 0 ? named.filter((one) => one !== null) : (page.options.attachments?.() ?? []);
  if (found.length === 0 || found.length < numbers.length)
    page.options.onLeftOut?.("pictures of a gallery that the file does not name");
  gallery(
    flow,
    found.map((attachment) => itemOfAttachment(page, attachment, place)),
  );
}

function itemOfAttachment(page: Page, attachment: Attachment, place: Place): GalleryItem {
  const properties = { src: attachment.url, alt: attachment.alt };
  const leaves = isAttachedImage(attachment.url)
    ? leavesOf(page, { type: "element", tagName: "img", properties, children: [] }, [])
    : [linkTo(page, attachment)];
  const node = leaves.find((leaf) => leaf.node.type === "image")?.node;
  return {
    leaves,
    image: node?.type === "image" ? node : null,
    caption: captionOf(page, page.parse(attachment.caption), place),
  };
}

const isAttachedImage = (url: string): boolean =>
  !/\.(mp3|m4a|ogg|wav|flac|mp4|m4v|mov|webm|ogv|avi|wmv|pdf|docx?|zip)$/i.test(url);

function linkTo(page: Page, attachment: Attachment): Leaf {
  const url = page.options.resolveLink?.(attachment.url) ?? attachment.url;
  return {
    node: { type: "text", value: attachment.alt || fileNameOf(url) },
    marks: [{ type: "link", url, title: null }],
  };
}

function captionOf(page: Page, nodes: readonly Content[], place: Place): PhrasingContent[] {
  const blocks = page.blocksOf(nodes, { ...place, marks: [] });
  return blocks.flatMap((block, index): PhrasingContent[] => {
    if (block.type !== "paragraph") return [];
    const children = block.children.map(
      (child): PhrasingContent => (child.type === "break" ? { type: "text", value: " " } : child),
    );
    return index === 0 ? children : [{ type: "text", value: " " }, ...children];
  });
}

/** The caption's text when it is nothing but text (bold and the like may go); null when it links somewhere. */
function plainCaption(caption: readonly PhrasingContent[]): string | null {
  const linked = (node: PhrasingContent): boolean =>
    node.type === "link" || node.type === "image" || ("children" in node && node.children.some(linked));
  return caption.some(linked) ? null : collapse(caption.map(plainText).join(""));
}

function plainText(node: PhrasingContent): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(plainText).join("") : "";
}

/** The words below a table, a film or a gallery: a paragraph of its own, set off. */
export function captionBelow(page: Page, flow: Flow, nodes: readonly Content[], place: Place): void {
  flow.flush();
  page.walk(flow, nodes, { ...place, marks: withMark(place.marks, { type: "emphasis" }) });
  flow.flush();
}
