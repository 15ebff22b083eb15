// Draws a page for the store in nobody's name: a request with no cookie and no header of anybody's, so that nothing of one
// reader can get into what all others see (R14), and so that no reader who leaves takes the page away from those who wait.
import { randomBytes } from "node:crypto";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { takeOver } from "@/lib/edge/answer";
import { decideFate } from "@/lib/edge/answer-plan";
import { complete, pageHeaders } from "@/lib/edge/complete";
import type { Drawn } from "@/lib/edge/fresh-pages";
import { makePage } from "@/lib/edge/page";
import type { PageStore } from "@/lib/edge/page-store";
import { newReference } from "@/lib/edge/plain-page";
import { handOverHeaders } from "@/lib/edge/request-headers";
import { pathOf } from "@/lib/edge/request-rules";
import { personalPolicy } from "@/lib/edge/security-headers";
import type { VisitContext } from "@/lib/edge/visit-context";

/** The address under which nobody is known; no visitor has it. */
const nobody = "unknown";

/** Draws the page at an address. Never throws; what went wrong is logged. */
export async function drawPage(address: string, context: VisitContext & { store: PageStore }): Promise<Drawn> {
  const path = pathOf(address);
  const id = newReference();
  const began = performance.now();
  const tell = (record: Record<string, unknown>) => {
    const ms = Math.round(performance.now() - began);
    context.log({ time: new Date().toISOString(), id, event: "drawing", path: path.slice(0, 200), ms, ...record });
  };
  const request = requestFor(address);
  const response = new ServerResponse(request);
  const nonce = randomBytes(16).toString("base64");
  let timer: NodeJS.Timeout | undefined;
  try {
    const drawn = await new Promise<Drawn>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error("The page took too long.")), context.limits.handlerMs);
      takeOver(response, {
        heldBytes: context.limits.heldBytes,
        onFailure: reject,
        plan: () => {
          const fate = decideFate(
            response,
            { ...context, path, method: "GET", acceptEncoding: undefined, nonce },
            undefined,
          );
          // Only what says it may be stored is read to its end.
          if (fate.kind === "stream") {
            resolve(isPassing(response.statusCode) ? { kind: "failed" } : { kind: "other", page: undefined });
            return { kind: "hold", finish: async () => {} };
          }
          const finish = async (body: Buffer) => resolve(finished(fate, body));
          return { kind: "hold", finish };
        },
      });
      handOverHeaders(request, {
        ...context,
        address: nobody,
        contentSecurityPolicy: personalPolicy(nonce, context.dev),
      });
      const exchange = { id, address: nobody, nonce, response };
      (async () => context.handler(request, response, exchange))().catch(reject);
    });
    tell({ status: response.statusCode });
    return drawn;
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    tell({ level: "error", message, stack });
    return { kind: "failed" };
  } finally {
    clearTimeout(timer);
    // Next waits for the first and tidies up at the second.
    response.emit("finish");
    response.emit("close");
    request.destroy();
  }

  function finished(fate: Parameters<typeof complete>[0], body: Buffer): Drawn {
    const status = response.statusCode;
    const result = complete(fate, status, body);
    if (isPassing(status)) return { kind: "failed" };
    if (result.kind === "refusal") return { kind: "other", page: undefined };
    const headers = pageHeaders({ ...response.getHeaders() });
    if (fate.kind !== "page" || !result.storable) {
      const isSame = fate.kind === "page" && fate.document && !response.hasHeader("set-cookie");
      return { kind: "other", page: isSame ? makePage({ status, headers, identity: result.body }) : undefined };
    }
    const page = makePage({
      ...{ status, headers, identity: result.body },
      onGrown: (bytes) => context.store.grow(page, address, bytes),
    });
    const search = address.slice(path.length);
    return { kind: "page", path, search, page, keys: fate.keys, query: fate.query };
  }
}

/** Whether a status tells of a moment and not of the page. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 429;
}

/** A GET that came over no connection. */
function requestFor(address: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: "GET", url: address, httpVersion: "1.1", httpVersionMajor: 1, httpVersionMinor: 1 });
  request.push(null);
  request.complete = true;
  return request;
}
