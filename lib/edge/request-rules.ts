// Which requests come in at all: host, path, method and the framing of the body (R4, R5, R8, R17). Pure: facts in, a
// refusal or nothing out. Decided before Next reads a byte.
import { bodyLimit, type FrontDoorLimits } from "@/lib/edge/limits";
import { notFound, type Refusal, tooLarge } from "@/lib/edge/refusal";

export interface RequestFacts {
  method: string;
  /** The request target as it came. */
  target: string;
  /** Names and values in turns, as they came. */
  rawHeaders: readonly string[];
}

export interface Rules {
  /** Host and, if not the scheme's own, port of the public origin, in lower case. */
  publicHost: string;
  limits: FrontDoorLimits;
  /** Hot reload asks for source maps. */
  dev: boolean;
}

/** The refusal that this request has earned, or undefined: it may come in. */
export function refusalFor(facts: RequestFacts, rules: Rules): Refusal | undefined {
  return (
    headerRefusal(facts, rules) ??
    hostRefusal(facts, rules) ??
    pathRefusal(facts, rules) ??
    methodRefusal(facts.method, methodsOf(pathOf(facts.target))) ??
    bodyRefusal(facts, rules)
  );
}

/** The path of a request target, without the query. */
export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? "";
}

/** All values of the header `name` (in lower case), one for each line. */
export function headerLines(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

/** The methods that `path` answers to. */
export function methodsOf(path: string): string[] {
  const everywhere = ["GET", "HEAD", "POST", "OPTIONS"];
  return path.startsWith("/api/v1/") ? [...everywhere, "PATCH", "DELETE"] : everywhere;
}

/** The refusal of a method that is not among those that an address answers to. */
export function methodRefusal(method: string, methods: readonly string[]): Refusal | undefined {
  if (methods.includes(method)) return undefined;
  return {
    status: 405,
    problem: "This address does not answer to that kind of request.",
    advice: `Possible are ${methods.join(", ")}.`,
    headers: { Allow: methods.join(", ") },
  };
}

function headerRefusal({ rawHeaders }: RequestFacts, { limits }: Rules): Refusal | undefined {
  if (rawHeaders.length / 2 <= limits.headerLines) return undefined;
  return {
    status: 431,
    problem: `The request has more than ${limits.headerLines} header lines.`,
    advice: "Delete this site's cookies in your browser and try again.",
  };
}

function hostRefusal({ rawHeaders }: RequestFacts, { publicHost }: Rules): Refusal | undefined {
  const hosts = headerLines(rawHeaders, "host");
  if (hosts.length !== 1) return unreadable("The request does not name exactly one host.");
  if (hosts[0]?.toLowerCase() === publicHost) return undefined;
  return {
    status: 421,
    problem: "This site is not reached under that name.",
    advice: `Please use ${publicHost} in the address bar. Who runs this site sets the name with PUBLIC_ORIGIN.`,
  };
}

/** Files that belong to the workshop, should one ever land among the public ones. */
const workshop =
  /(?:\.(?:map|ts|tsx|mts|cts|sql|prisma|env|pem|key|log|bak)|\/(?:package(?:-lock)?|tsconfig|biome)\.json)$/;

function pathRefusal({ target }: RequestFacts, { dev }: Rules): Refusal | undefined {
  const path = pathOf(target);
  const decoded = decode(path);
  // An encoded separator, or one encoded twice, is read differently by different programs.
  const ambiguous =
    /%(?:2f|5c|[01][0-9a-f]|7f)|[\\#\p{Cc} ]/iu.test(path) || /%(?:2[ef]|5c|00)/i.test(decoded ?? "%00");
  if (!path.startsWith("/") || path.startsWith("//") || ambiguous || decoded === undefined) {
    return unreadable("The address has a form that no link of this site has.");
  }
  if (path === "/_next/image" || path.startsWith("/_next/image/")) return notFound;
  const hidden = decoded
    .split("/")
    .some((part, index) => part.startsWith(".") && !(index === 1 && part === ".well-known"));
  if (hidden || decoded.includes("/node_modules/")) return notFound;
  return !dev && workshop.test(decoded.toLowerCase()) ? notFound : undefined;
}

function bodyRefusal({ method, target, rawHeaders }: RequestFacts, { limits }: Rules): Refusal | undefined {
  const path = pathOf(target);
  const lengths = headerLines(rawHeaders, "content-length");
  const codings = headerLines(rawHeaders, "transfer-encoding");
  if (lengths.length > 1 || codings.length > 1 || (lengths.length === 1 && codings.length === 1)) {
    return unreadable("The request gives its length in two ways.");
  }
  const chunked = codings[0]?.toLowerCase() === "chunked";
  if (codings.length === 1 && !chunked) return unreadable("The request's body is packed in an unknown way.");
  const [length] = lengths;
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return unreadable("The request's length is no number.");

  const bytes = Number(length ?? 0);
  if (["GET", "HEAD", "OPTIONS"].includes(method)) {
    return chunked || bytes > 0 ? unreadable(`A ${method} request brings no body here.`) : undefined;
  }
  if (bytes > bodyLimit(path, limits)) return tooLarge(bodyLimit(path, limits));
  if (chunked && !path.startsWith("/api/")) return lengthMissing;
  return length === undefined && !chunked && method !== "DELETE" ? lengthMissing : undefined;
}

const lengthMissing: Refusal = {
  status: 411,
  problem: "The request does not say how long its body is.",
  advice: "Send it with a Content-Length header.",
};

function unreadable(problem: string): Refusal {
  return { status: 400, problem, advice: "Follow a link of this site, or begin again at the front page." };
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
