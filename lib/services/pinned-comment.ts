// A pinned comment as an opening that leads to it.
import type { PinnedComment } from "@/lib/domain/thread";
import type { PinnedRow } from "@/lib/store/thread-tools";
import { excerptOfHtml } from "@/lib/text/excerpt";

/** As much of it as stands above the discussion, in code points. */
const openingLength = 200;

export function toPinned({ id, authorName, handle, html }: PinnedRow): PinnedComment {
  return { id: String(id), author: { name: authorName, handle }, opening: excerptOfHtml(html, openingLength) };
}
