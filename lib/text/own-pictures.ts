// Our own pictures in a text: which ones its Markdown names, and how large they are, so that a page keeps room for them (R60).
import type { PictureSize } from "@/lib/text/rendered";

const address = /\/u\/([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])/g;

/** More pictures than any article shows; beyond, they go without room kept. */
const most = 500;

/** The ids of our own pictures that a source may show, each once. */
export function picturesNamed(source: string): string[] {
  const ids = new Set<string>();
  for (const [, id = ""] of source.matchAll(address)) {
    ids.add(id);
    if (ids.size === most) break;
  }
  return [...ids];
}

/** What the stylesheets give a picture in the column of an article, a little more rather than less. */
export const pictureSizesAttribute = "(max-width: 44rem) 100vw, 42.5rem";

/**
 * The attributes that keep room for the picture at this path, and let a browser choose the width that it needs.
 * @param env what was handed to the parser beside the source
 */
export function roomFor(env: unknown, path: string): [string, string][] {
  const pictures: unknown = Reflect.get(Object(env), "pictures");
  const size = Object.entries(Object(pictures)).find(([id]) => path === `/u/${id}`)?.[1];
  const { width, height, smaller = [] }: Partial<PictureSize> = Object(size);
  if (!width || !height) return [];
  const room: [string, string][] = [
    ["width", String(width)],
    ["height", String(height)],
  ];
  if (smaller.length === 0) return room;
  const choices = [...smaller.map((one) => `${path}-${one} ${one}w`), `${path} ${width}w`];
  return [...room, ["srcset", choices.join(", ")], ["sizes", pictureSizesAttribute]];
}
