// `/healthz` and `/readyz` (R90): whether the process answers, and whether it can serve. One word each, no versions.

import { isLoopback } from "@/lib/edge/addresses";
import { headerLines } from "@/lib/edge/request-rules";

export interface Health {
  status: 200 | 503;
  body: string;
}

/** Whether `path` is one of the two. */
export function isHealthPath(path: string): path is "/healthz" | "/readyz" {
  return path === "/healthz" || path === "/readyz";
}

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** Whether someone may ask: this machine under any name, others by the site's name or this machine's. */
export function mayAskHealth(peer: string | undefined, rawHeaders: readonly string[], publicHost: string): boolean {
  if (isLoopback(peer)) return true;
  const [host = "", ...more] = headerLines(rawHeaders, "host");
  return more.length === 0 && (host.toLowerCase() === publicHost || loopbackHost.test(host));
}

/**
 * Makes the answerer. However many ask at once, `ready` runs once at a time.
 * @param ready may take `withinMs`; later, false or an error count as not ready
 */
export function createHealth(ready: () => Promise<boolean>, withinMs: number) {
  let asking: Promise<boolean> | undefined;

  const ask = () => {
    asking ??= (async () => ready())()
      .catch(() => false)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };

  return async (path: "/healthz" | "/readyz", closing: boolean): Promise<Health> => {
    if (path === "/healthz") return { status: 200, body: "ok\n" };
    if (closing) return { status: 503, body: "closing\n" };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), withinMs);
    });
    const isReady = await Promise.race([ask(), late]);
    clearTimeout(timer);
    return isReady ? { status: 200, body: "ready\n" } : { status: 503, body: "not ready\n" };
  };
}
