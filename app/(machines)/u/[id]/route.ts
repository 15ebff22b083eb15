// A kept picture. Whatever its bytes are, a browser takes them for a picture and for nothing else (R64).
import { readFile } from "@/lib/services/read-file";
import { byteStream } from "@/lib/web/byte-stream";
import { lostPicture } from "@/lib/web/lost-picture";
import { plainAnswer } from "@/lib/web/public-file";
import { publicContext } from "@/lib/web/request";

const fixed = {
  "Content-Type": "image/webp",
  "Content-Disposition": 'inline; filename="image.webp"',
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "X-Content-Type-Options": "nosniff",
  // Its bytes never change: another picture has another address.
  "Cache-Control": "public, max-age=31536000, immutable",
};

export function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return plainAnswer(async () => {
    const { id } = await route.params;
    const bodiless = request.method === "HEAD";
    const found = await readFile(publicContext(), { id, unopened: bodiless });
    if (found && "lost" in found) return lostPicture(found, bodiless);
    return new Response(found && byteStream(found), { headers: fixed });
  });
}
