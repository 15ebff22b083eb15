// The short way: a request for a page that lies ready is answered at once, with nothing made for it but its header lines. Whatever is
// not quite ordinary goes the long way, by a visit.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Coding, chooseCoding } from "@/lib/edge/encoding";
import { matches, type Page, type Variant } from "@/lib/edge/page";
import { newReference } from "@/lib/edge/plain-page";
import type { VisitContext } from "@/lib/edge/visit-context";
import { wroteCookie } from "@/lib/edge/wrote";

/** Answers from the store if that takes no waiting and no judging. @returns whether it did */
export function answerAtOnce(request: IncomingMessage, response: ServerResponse, context: VisitContext): boolean {
  const { pages } = context;
  const { method, url = "" } = request;
  if (!pages || (method !== "GET" && method !== "HEAD")) return false;
  const facts = plainFacts(request.rawHeaders, context);
  if (!facts) return false;
  const address = addressOf(url, context);
  const page = address === undefined ? undefined : pages.lying(address);
  const variant = page?.ready(codingOf(page, facts.acceptEncoding));
  if (!page || !variant) return false;
  send({ request, response, context, page, variant, ifNoneMatch: facts.ifNoneMatch });
  return true;
}

/** The address under which a target is stored, or undefined when nothing is known of it. */
export function addressOf(url: string, { pages }: VisitContext): string | undefined {
  const at = url.indexOf("?");
  return at < 0 ? pages?.store.addressOf(url, "") : pages?.store.addressOf(url.slice(0, at), url.slice(at));
}

/** Whether a header asks Next for something else than the page. Such requests are never answered from the store nor kept in it. */
export function asksForOtherThanPage(name: string): boolean {
  return name === "rsc" || name.startsWith("next-");
}

interface Facts {
  acceptEncoding: string | undefined;
  ifNoneMatch: string | undefined;
}

/** What matters of the headers, or undefined when one of them needs judging. */
function plainFacts(raw: readonly string[], { limits, publicHost }: VisitContext): Facts | undefined {
  if (raw.length / 2 > limits.headerLines) return undefined;
  let hosts = 0;
  let acceptEncoding: string | undefined;
  let ifNoneMatch: string | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    switch (name) {
      case "host":
        if (++hosts > 1 || value.toLowerCase() !== publicHost) return undefined;
        break;
      case "accept-encoding":
        acceptEncoding = acceptEncoding === undefined ? value : `${acceptEncoding},${value}`;
        break;
      case "if-none-match":
        ifNoneMatch = ifNoneMatch === undefined ? value : `${ifNoneMatch}, ${value}`;
        break;
      case "cookie":
        if (value.includes(wroteCookie)) return undefined;
        break;
      case "content-length":
      case "transfer-encoding":
      case "expect":
        return undefined;
      default:
        if (asksForOtherThanPage(name)) return undefined;
    }
  }
  return hosts === 1 ? { acceptEncoding, ifNoneMatch } : undefined;
}

/** Browsers say one of a few things. More than these are not worth the memory. */
const remembered = 200;
const codings = new Map<string, Coding | undefined>();

function codingOf(page: Page, accepted: string | undefined): Coding | undefined {
  if (!page.compressible || accepted === undefined) return undefined;
  if (codings.has(accepted)) return codings.get(accepted);
  const coding = chooseCoding(accepted);
  if (codings.size >= remembered) codings.clear();
  // A long one is nobody's habit.
  if (accepted.length < 100) codings.set(accepted, coding);
  return coding;
}

interface Sending {
  request: IncomingMessage;
  response: ServerResponse;
  context: VisitContext;
  page: Page;
  variant: Variant;
  ifNoneMatch: string | undefined;
}

function send({ request, response, context, page, variant, ifNoneMatch }: Sending): void {
  const began = performance.now();
  const id = newReference();
  const { method, url = "", socket } = request;
  if (context.closing) response.shouldKeepAlive = false;
  const known = page.status === 200 && matches(ifNoneMatch, variant.etag);
  const body = known || method === "HEAD" ? undefined : variant.body;
  const status = known ? 304 : page.status;
  response.writeHead(status, [...(known ? variant.notModified : variant.headers), "X-Request-Id", id]);
  response.end(body);
  const bytes = body?.length ?? 0;
  const tell = (aborted: boolean) => {
    const at = url.indexOf("?");
    const path = (at < 0 ? url : url.slice(0, at)).slice(0, 200);
    const ms = Math.round(performance.now() - began);
    const record = { event: "request", method, path, status, ms, bytes, stored: true };
    context.log({ time: new Date().toISOString(), id, ...record, ...(aborted && { aborted }) });
  };
  // Nearly always all of it fits what the system takes for the socket, and nothing is left to watch.
  if (socket.writableLength === 0) {
    tell(false);
    return;
  }
  const timer = setTimeout(() => socket.destroy(), context.limits.answerMs);
  response.once("close", () => {
    clearTimeout(timer);
    tell(socket.destroyed && !socket.writableFinished);
  });
}
