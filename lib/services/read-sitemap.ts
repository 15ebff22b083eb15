// Every public address of the site: all at once while it is small, otherwise the list of the parts.
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { type ListedAddress, type ListedKind, lastParts, listedKinds, listedPart } from "@/lib/store/sitemap";

export interface SitemapAddress {
  path: string;
  modifiedAt: Date | null;
}

/** Where the pages of each kind begin. */
const folders: Record<ListedKind, string> = { articles: "/articles/", topics: "/topics/", people: "/people/" };

/** All addresses, or for a large site the parts that hold them, to be read with `readSitemapPart`. */
export async function readSitemap(
  _ctx: Context,
): Promise<{ addresses: SitemapAddress[] } | { parts: { kind: ListedKind; part: number }[] }> {
  const db = database();
  const last = await lastParts(db);
  if (listedKinds.some((kind) => last[kind] > 0)) {
    const parts = listedKinds.flatMap((kind) => Array.from({ length: last[kind] + 1 }, (_, part) => ({ kind, part })));
    return { parts };
  }
  const lists = await Promise.all(listedKinds.map((kind) => addressesOf(kind, 0)));
  return { addresses: lists.flat() };
}

/**
 * The addresses of one part.
 * @throws DomainError `not_found` when there is no such part
 */
export async function readSitemapPart(
  _ctx: Context,
  input: { kind: ListedKind; part: number },
): Promise<SitemapAddress[]> {
  const last = await lastParts(database());
  if (input.part > last[input.kind]) throw new DomainError("not_found");
  return addressesOf(input.kind, input.part);
}

async function addressesOf(kind: ListedKind, part: number): Promise<SitemapAddress[]> {
  const listed = await listedPart(database(), kind, part);
  const addresses = listed.map(({ name, modifiedAt }: ListedAddress) => ({
    path: `${folders[kind]}${name}`,
    modifiedAt,
  }));
  // The pages that belong to no kind stand with the first articles.
  const first = kind === "articles" && part === 0;
  return first ? [{ path: "/", modifiedAt: null }, { path: "/topics", modifiedAt: null }, ...addresses] : addresses;
}
