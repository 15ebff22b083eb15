// What Next and the pages get to read of a request's headers: nothing that steers Next from outside, and no word about
// hosts and addresses but the front door's own (R6, R7).
import type { IncomingMessage } from "node:http";

/** Headers that speak for a proxy, or to Next's inside. Nobody outside has a reason to send them to our pages. */
const foreign = new RegExp(
  `^(?:${[
    "x-forwarded-.*|forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|fastly-client-ip|cf-.*",
    "x-middleware-.*|x-invoke-.*|x-invocation-id|x-nextjs-.*|x-next-.*|next-resume|x-action-forwarded",
    "x-now-.*|x-vercel-.*|x-matched-path|x-prerender-.*",
    "x-nonce|content-security-policy(?:-report-only)?|x-original-url|x-rewrite-url|x-original-host|x-host",
    "x-http-method(?:-override)?|x-method-override|x-colloquy-.*",
  ].join("|")})$`,
);

/** Hot reload's own names for a request and the page that made it. */
const ofHotReload = /^x-nextjs-(?:html-)?request-id$/;

export interface HandedOver {
  /** The client's address. */
  address: string;
  publicOrigin: string;
  /** The policy with this answer's nonce: Next reads the nonce from here. */
  contentSecurityPolicy: string;
  dev: boolean;
}

/** Whether the header `name` (in lower case) is dropped. */
export function isForeign(name: string, dev: boolean): boolean {
  return foreign.test(name) && !(dev && ofHotReload.test(name));
}

/** Drops what is foreign, in the parsed and in the raw headers, and writes what the front door knows in its place. */
export function handOverHeaders(request: IncomingMessage, given: HandedOver): void {
  // Both are made from the raw ones on first sight, so they must be seen before those change.
  const { headers, headersDistinct, rawHeaders } = request;
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (!isForeign(name, given.dev) && name !== "host") continue;
    rawHeaders.splice(index, 2);
    delete headers[name];
    delete headersDistinct[name];
  }
  const origin = new URL(given.publicOrigin);
  const own: Record<string, string> = {
    host: origin.host,
    "x-forwarded-for": given.address,
    "x-forwarded-host": origin.host,
    "x-forwarded-port": origin.port || (origin.protocol === "https:" ? "443" : "80"),
    "x-forwarded-proto": origin.protocol.slice(0, -1),
    "content-security-policy": given.contentSecurityPolicy,
  };
  for (const [name, value] of Object.entries(own)) {
    headers[name] = value;
    headersDistinct[name] = [value];
    rawHeaders.push(name, value);
  }
}
