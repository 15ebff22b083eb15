import "server-only";
// Share images: drawn on this server, one after the other, and kept while the article looks the same.
import { createHash } from "node:crypto";
import satori from "satori";
import sharp from "sharp";
import { DomainError } from "@/lib/domain/errors";
import { once } from "@/lib/once";
import type { CardView } from "@/lib/services/read-card";
import { cardFonts, drawableText } from "@/lib/web/card-fonts";
import { cardLayout, cardSize } from "@/lib/web/card-layout";

/** Cards kept, the latest asked for; each has about 25 KB. */
const kept = 100;

/** Cards that may wait; one takes about 150 ms, and whoever fetches a preview has gone after a few seconds. */
const longestQueue = 20;

interface Easel {
  cards: Map<string, Promise<Buffer<ArrayBuffer>>>;
  /** The drawing that all later ones wait for. */
  last: Promise<unknown>;
  waiting: number;
}

/**
 * The share image as PNG, 1200 × 630.
 * @throws DomainError `unavailable` when too many are being drawn
 */
export function drawCard(card: CardView): Promise<Buffer<ArrayBuffer>> {
  const easel = once("cards", (): Easel => ({ cards: new Map(), last: Promise.resolve(), waiting: 0 }));
  const key = createHash("sha256").update(JSON.stringify(card)).digest("base64url");
  const known = easel.cards.get(key);
  easel.cards.delete(key);
  const drawing = known ?? queue(easel, card);
  easel.cards.set(key, drawing);
  drawing.catch(() => easel.cards.delete(key));
  for (const [oldest] of easel.cards) {
    if (easel.cards.size <= kept) break;
    easel.cards.delete(oldest);
  }
  return drawing;
}

function queue(easel: Easel, card: CardView): Promise<Buffer<ArrayBuffer>> {
  if (easel.waiting >= longestQueue) return Promise.reject(new DomainError("unavailable", { retryAfter: 5 }));
  easel.waiting++;
  const drawing = easel.last.then(() => draw(card)).finally(() => easel.waiting--);
  easel.last = drawing.catch(() => {});
  return drawing;
}

async function draw(card: CardView): Promise<Buffer<ArrayBuffer>> {
  const { faces, letters } = await cardFonts();
  const layout = cardLayout({
    title: drawableText(card.title, letters),
    writtenBy: card.writtenBy.map((name) => drawableText(name, letters)).filter(Boolean),
    siteName: drawableText(card.siteName, letters),
    commentCount: card.commentCount,
  });
  // Letters become outlines, so no text of anybody's is in the SVG; nothing that is missing is fetched.
  const svg = await satori(layout, { ...cardSize, fonts: faces, loadAdditionalAsset: async () => [] });
  const { data } = await sharp(Buffer.from(svg))
    .png({ palette: true, colours: 64 })
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(data);
}
