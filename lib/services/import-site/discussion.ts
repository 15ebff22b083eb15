// The comments under one item, with their true threading, names, dates and state. They come in parts, each a transaction of its
// own, so that a run that was cut off goes on where it stopped.
import { commentBodySchema } from "@/lib/domain/comment";
import { fateOfComment, shortened } from "@/lib/domain/imported-post";
import { type Branch, branchesOf } from "@/lib/domain/imported-thread";
import { limits } from "@/lib/domain/limits";
import { commentAuthor, loggedInAuthor, type Person, personFor } from "@/lib/services/import-site/people";
import { importTransactionMs, type Session } from "@/lib/services/import-site/session";
import { convertText } from "@/lib/services/import-site/text";
import { sha256 } from "@/lib/services/tokens";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { insertComment, type ParentRow } from "@/lib/store/comments";
import { claimImport, findImported, findImportedParents, insertPingback, noteImported } from "@/lib/store/imports";
import { logCommentAction } from "@/lib/store/moderation-log";
import { htmlToName, htmlToText } from "@/lib/text/html-to-markdown";
import { rendererVersion } from "@/lib/text/markdown";
import { normalizeName } from "@/lib/text/normalize";
import { renderInWorker } from "@/lib/text/render-pool";
import { splitMarkdown } from "@/lib/text/split-markdown";
import type { WxrComment, WxrItem } from "@/lib/text/wxr";

/** Comments written in one transaction. */
const together = 50;

/** An address longer than this is no page. */
const longestAddress = 2_000;

interface Discussion {
  item: WxrItem;
  article: { id: number; threadId: number };
}

type KnownComment = WxrComment & { status: "PUBLISHED" | "PENDING" };
type Line = Branch<KnownComment>;

/** Brings the comments of an item to its article. On a dry run there is no article, and they are only counted. */
export async function bringDiscussion(
  session: Session,
  item: WxrItem,
  article: Discussion["article"] | null,
): Promise<void> {
  const comments: KnownComment[] = [];
  for (const comment of item.comments) {
    const fate = fateOfComment(comment, session.pingbacks);
    if (fate.kind === "skip") tell(session, comment, "skipped", fate.reason);
    else if (fate.kind === "pingback") await bringPingback(session, comment, article);
    else comments.push({ ...comment, status: fate.status });
  }
  const lines = branchesOf(comments, session.now);
  for (const line of lines) if (line.note !== null) tell(session, line.comment, "changed", line.note);
  if (article === null) {
    for (const line of lines) count(session, line.status);
    return;
  }
  const written: Written = new Map();
  for (let start = 0; start < lines.length; start += together) {
    await bringPart(session, { item, article }, { lines: lines.slice(start, start + together), written });
  }
}

/** Comments by their id over there, as parents of what follows. */
type Written = Map<string, ParentRow>;

async function bringPart(
  session: Session,
  discussion: Discussion,
  part: { lines: Line[]; written: Written },
): Promise<void> {
  const { written } = part;
  const earlier = await earlierComments(session, part.lines);
  for (const [id, parent] of earlier) if (parent) written.set(id, parent);
  session.report.counts.commentsAlreadyThere += earlier.size;
  const fresh: Prepared[] = [];
  for (const line of part.lines) if (!earlier.has(line.comment.id)) fresh.push(...(await prepare(session, line)));
  if (fresh.length === 0) return;
  const done = await inTransaction(async (tx) => {
    const now: Written = new Map(written);
    for (const one of fresh) now.set(one.externalId, await write(session, tx, { discussion, one, written: now }));
    return now;
  }, importTransactionMs);
  for (const [id, row] of done) written.set(id, row);
  for (const one of fresh) if (!one.externalId.includes("#")) count(session, one.line.status);
}

async function earlierComments(session: Session, lines: readonly Line[]): Promise<Map<string, ParentRow | null>> {
  const externalIds = lines.map((line) => line.comment.id);
  const ids = await findImported(database(), session.source, { kind: "comment", externalIds });
  const rows = await findImportedParents(
    database(),
    [...ids.values()].filter((id) => id !== null),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    [...ids].map(([externalId, id]) => {
      const row = id === null ? undefined : byId.get(id);
      return [externalId, row?.placed ? row : null];
    }),
  );
}

interface Prepared {
  line: Line;
  externalId: string;
  /** The comment over there that it replies to; null for a top-level one. */
  parentId: string | null;
  member: Person | null;
  body: string;
  html: string;
}

/** What is written of one comment: nothing when it is empty, several when it is longer than a comment can be. */
async function prepare(session: Session, line: Line): Promise<Prepared[]> {
  const { comment } = line;
  const { markdown } = await convertText(session, { html: comment.content, dialect: "comment", articleId: "" });
  const pieces = splitMarkdown(markdown, limits.commentBody);
  if (pieces.length > 1)
    tell(
      session,
      comment,
      "changed",
      `longer than a comment can be: it goes on in ${pieces.length - 1} replies to itself`,
    );
  const login = loggedInAuthor(session, comment);
  const member = login === null ? null : await personFor(session, login, line.at);
  const prepared: Prepared[] = [];
  for (const piece of pieces) {
    const body = commentBodySchema.safeParse(piece);
    if (!body.success) continue;
    const { html } = await renderInWorker(body.data, { dialect: "comment", ownOrigin: session.ownOrigin });
    const before = prepared.at(-1);
    const externalId = before ? `${comment.id}#${prepared.length + 1}` : comment.id;
    prepared.push({ line, externalId, parentId: before?.externalId ?? line.parentId, member, body: body.data, html });
  }
  if (prepared.length === 0) tell(session, comment, "skipped", "empty");
  return prepared;
}

async function write(
  session: Session,
  tx: Transaction,
  { discussion, one, written }: { discussion: Discussion; one: Prepared; written: Written },
): Promise<ParentRow> {
  const { permit, source } = session;
  const { line } = one;
  const { threadId } = discussion.article;
  const key = { source, kind: "comment", externalId: one.externalId } as const;
  await claimImport(tx, permit, key);
  const author = await commentAuthor(session, tx, { ...line.comment, threadId, at: line.at, member: one.member });
  // What waits for a moderator has no place that a further piece could hang on: that one stands beside it.
  const above = one.parentId === null ? null : (written.get(one.parentId) ?? null);
  const parent = above?.status === "PUBLISHED" && above.depth < limits.threadDepth ? above : null;
  const { id } = await insertComment(tx, permit, {
    ...author,
    threadId,
    parent,
    status: line.status,
    body: one.body,
    html: one.html,
    rendererVersion,
    bodyHash: sha256(one.body),
    articleRevisionId: null,
    createdAt: line.at,
  });
  await noteImported(tx, permit, { ...key, localId: id });
  if (line.status === "PENDING") {
    await logCommentAction(tx, {
      kind: "HOLD",
      commentId: id,
      actorId: null,
      from: null,
      to: "PENDING",
      reason: "import",
    });
  }
  const depth = parent ? parent.depth + 1 : 0;
  return { id, depth, rootId: parent ? (parent.rootId ?? parent.id) : null, status: line.status };
}

async function bringPingback(session: Session, comment: WxrComment, article: { id: number } | null): Promise<void> {
  const url = /^https?:\/\//i.test(comment.url) && URL.canParse(comment.url) ? new URL(comment.url).href : null;
  if (url === null || url.length > longestAddress) {
    tell(session, comment, "skipped", "a notice without a web address");
    return;
  }
  const { source, permit } = session;
  const key = { source, kind: "pingback", externalId: comment.id } as const;
  const title = shortened(normalizeName(htmlToName(comment.author)), limits.title) || new URL(url).hostname;
  const createdAt = comment.date ?? session.now;
  const brought =
    article === null ||
    (await inTransaction(async (tx) => {
      if (!(await claimImport(tx, permit, key))) return false;
      const id = await insertPingback(tx, permit, { articleId: article.id, title, url, createdAt });
      if (id !== null) await noteImported(tx, permit, { ...key, localId: id });
      return true;
    }, importTransactionMs));
  if (brought) session.report.counts.pingbacks += 1;
}

function count(session: Session, status: "PUBLISHED" | "PENDING"): void {
  if (status === "PUBLISHED") session.report.counts.commentsPublished += 1;
  else session.report.counts.commentsHeld += 1;
}

/** What the report calls a comment: who, and its first words. */
function tell(session: Session, comment: WxrComment, outcome: "skipped" | "changed", reason: string): void {
  const words = shortened(normalizeName(htmlToText(comment.content.slice(0, 500))), 60);
  const title = `${shortened(normalizeName(htmlToName(comment.author)), limits.displayName)}: ${words}`;
  session.report.line({ kind: "comment", id: comment.id, title, outcome, reason });
}
