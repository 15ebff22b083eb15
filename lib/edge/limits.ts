// Every number of the front door, with its reason. Tests shrink them; nobody else should need to.

export interface FrontDoorLimits {
  /** Bytes of request line and headers together. */
  headerBytes: number;
  headerLines: number;
  /** Bytes of a form's or an API call's body. */
  bodyBytes: number;
  /** Bytes of a body that brings a whole article. */
  articleBytes: number;
  /** Bytes of a body that brings files. */
  uploadBytes: number;
  headersMs: number;
  bodyMs: number;
  uploadMs: number;
  keepAliveMs: number;
  checkEveryMs: number;
  handlerMs: number;
  answerMs: number;
  idleMs: number;
  lingerMs: number;
  readyMs: number;
  sockets: number;
  /** Requests that one connection may have waiting. */
  pipelined: number;
  socketsPerNetwork: number;
  /** Bytes of an answer that is held back to be finished here. */
  heldBytes: number;
}

/** Bodies to these paths and below them may be as large, and as slow, as an upload. */
const uploadPaths = ["/api/v1/files", "/desk/pictures"];

export function isUpload(path: string): boolean {
  return uploadPaths.some((upload) => path === upload || path.startsWith(`${upload}/`));
}

/** Bodies to these paths and below them bring whole articles. */
const articlePaths = ["/api/v1/drafts", "/desk/drafts"];

/** How many bytes of body a request to `path` may bring. */
export function bodyLimit(path: string, limits: FrontDoorLimits): number {
  if (isUpload(path)) return limits.uploadBytes;
  const article = articlePaths.some((known) => path === known || path.startsWith(`${known}/`));
  return article ? limits.articleBytes : limits.bodyBytes;
}

export const defaultLimits: FrontDoorLimits = {
  /** Node's own default; twice what a browser with full cookies sends (R5). */
  headerBytes: 16 * 1024,
  /** A browser behind two proxies sends about 30 (R5). */
  headerLines: 100,
  /** The longest comment fits ten times over, fields included (R5). */
  bodyBytes: 256 * 1024,
  /** An article of 100,000 code points fits with its fields, also when each of them needs four bytes (R5). */
  articleBytes: 512 * 1024,
  /** The largest picture and the form around it (R5). */
  uploadBytes: 5 * 1024 * 1024 + 64 * 1024,
  /** A slow phone needs one or two seconds for its headers (R9). */
  headersMs: 10_000,
  bodyMs: 30_000,
  uploadMs: 120_000,
  /** Long enough for the page's own files, short enough to free the socket (R9). */
  keepAliveMs: 5_000,
  checkEveryMs: 2_000,
  /** From the last byte of the request to a finished page or the head of a streamed answer (R9). */
  handlerMs: 15_000,
  /** From the request to the last byte of the answer: the largest picture over a very slow line. */
  answerMs: 180_000,
  /** No byte either way for this long: the reader has gone. */
  idleMs: 45_000,
  /** After a refusal, the rest of the body is read and thrown away this long, so that browsers get to see the answer. */
  lingerMs: 5_000,
  /** The database has this long to answer `/readyz` (R90). */
  readyMs: 1_000,
  sockets: 1_000,
  /** Browsers send one after the other; some tools send a handful in one breath. */
  pipelined: 50,
  /** A family or an office behind one address opens dozens (R9). */
  socketsPerNetwork: 100,
  /** A sitemap of 50,000 addresses is about 8 MiB. */
  heldBytes: 32 * 1024 * 1024,
};

/** In development the first request to a page waits for the compiler. */
export const developmentLimits: Partial<FrontDoorLimits> = { handlerMs: 120_000, idleMs: 130_000 };
