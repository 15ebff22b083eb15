// The one click in a mail program that ends mails of a kind (RFC 8058, R74): a POST without cookies or origin, which the front door lets
// through here alone. Who opens the address in a browser is led to the page with the button.
import { stopMails } from "@/lib/services/stop-mails";
import { plainAnswer } from "@/lib/web/public-file";
import { refuseWhileReadOnly } from "@/lib/web/read-only";

const tokenOf = (request: Request) => new URL(request.url).searchParams.get("token") ?? "";

export function POST(request: Request): Promise<Response> {
  return plainAnswer(async () => {
    refuseWhileReadOnly();
    const stopped = await stopMails(tokenOf(request));
    const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
    return new Response(stopped ? "No more mail.\n" : "This link ends nothing.\n", {
      status: stopped ? 200 : 404,
      headers,
    });
  });
}

export function GET(request: Request): Response {
  const location = `/unsubscribe?token=${encodeURIComponent(tokenOf(request))}`;
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}
