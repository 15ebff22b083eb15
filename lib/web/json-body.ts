import "server-only";
// The JSON that a request brings, or the refusal that only HTTP knows: 400 and 415. Linear in the body's length, whatever it holds.
import { sentence } from "@/lib/ui/labels";

/** A refusal that says nothing about what was asked, only about how. */
export class HttpRefusal extends Error {
  constructor(
    readonly status: 400 | 405 | 415,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** None of our bodies is deeper than two; this is for company. */
const deepest = 16;

/** @throws HttpRefusal when it is not JSON in UTF-8, or says that it is something else */
export async function jsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new HttpRefusal(415, sentence("request.media_type"));
  const bytes = await request.arrayBuffer();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // Asked first: a parser that recurses would overflow its stack on a deep one.
    if (depthOf(text) <= deepest) return JSON.parse(text);
  } catch {
    // Malformed, as below.
  }
  throw new HttpRefusal(400, sentence("request.malformed"));
}

/** How deep the brackets of a JSON text nest. */
function depthOf(text: string): number {
  let depth = 0;
  let deepestYet = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") deepestYet = Math.max(deepestYet, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepestYet;
}
