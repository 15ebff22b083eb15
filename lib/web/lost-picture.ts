import "server-only";
// What stands in an article where a picture was lost: the same room, neutral on light and dark, and nothing that anybody keeps, so that the
// picture is seen again as soon as it is back. What the picture shows is still said by the article.
import type { LostPicture } from "@/lib/services/read-file";

const headers = {
  "Content-Type": "image/svg+xml",
  "Content-Disposition": 'inline; filename="lost.svg"',
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

/** Of the shorter side: the sign in the middle. */
const signPart = 0.3;

/** 404, with a picture as its body: browsers draw it, and everything else knows that it is not the one that was asked for. */
export function lostPicture({ width, height }: LostPicture, bodiless: boolean): Response {
  const side = Math.round(Math.min(width, height) * signPart);
  const at = `translate(${Math.round((width - side) / 2)} ${Math.round((height - side) / 2)}) scale(${side / 24})`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    "<title>This picture is missing</title>" +
    '<rect width="100%" height="100%" fill="#808080" fill-opacity="0.16"/>' +
    `<g transform="${at}" fill="none" stroke="#808080" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">` +
    '<rect x="2.75" y="4.75" width="18.5" height="14.5" rx="1.5"/><circle cx="8" cy="9.75" r="1.5"/>' +
    '<path d="M3 17l5-4.5 3 2.5 5-5 5.25 5M3.5 21.5l17-19"/></g></svg>';
  return new Response(bodiless ? null : svg, { status: 404, headers });
}
