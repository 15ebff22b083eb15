// The comments under one item, with their true threading, names, dates and state. They come in parts, each a transaction of its
// own, so that a run that was cut off goes on where it stopped.
import { commentBodySchema } from "@/lib/domain/comment";
import { fateOfComment, shortened } from "@/lib/domain/imported-post";
import { type Branch, branchesOf } from "@/lib/domain/imported-thread";
import { limits } from "@/lib/domain/limits";
import {
  automaticName,
  type Guest,
  guestOf,
  loggedInAuthor,
  type Person,
  personFor,
} from "@/lib/services/import-site/people";
import { importTransactionMs, type Session } from "@/lib/services/import-site/session";
import { convertText } from "@/lib/services/import-site/text";
import { sha256 } from "@/lib/services/tokens";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import type { ParentRow } from "@/lib/store/comments";
import {
  claimImport,
  ensureImportedVisitors,
  findImported,
  findImportedParents,
  type ImportedComment,
  type ImportedPerson,
  insertImportedComments,
  insertPingback,
  noteImported,
} from "@/lib/store/imports";
import { logCommentAction } from "@/lib/store/moderation-log";
import { htmlToName, htmlToText } from "@/lib/text/html-to-markdown";
import { rendererVersion } from "@/lib/text/markdown";
import { normalizeName } from "@/lib/text/normalize";
import { renderInWorker } from "@/lib/text/render-pool";
import { splitMarkdown } from "@/lib/text/split-markdown";
import type { WxrComment, WxrItem } from "@/lib/text/wxr";

/** Comments written in one transaction. */
const together = 200;

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
  const rows = await inTransaction((tx) => write(session, tx, { discussion, fresh, written }), importTransactionMs);
  fresh.forEach(({ externalId, line }, index) => {
    const row = rows[index];
    if (row) written.set(externalId, row);
    if (externalId === line.comment.id) count(session, line.status);
  });
}

async function earlierComments(session: Session, lines: readonly Line[]): Promise<Map<string, ParentRow | null>> {
  const externalIds = lines.map((line) => line.comment.id);
  const ids = await findImported(database(), session.source, { kind: "comment", externalIds });
  const rows = await findImportedParents(
    database(),
    [...ids.values()].filter((id) => id !== null),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map([...ids].map(([externalId, id]) => [externalId, (id !== null && byId.get(id)) || null]));
}

interface Prepared {
  line: Line;
  externalId: string;
  /** The comment over there that it replies to; null for a top-level one. */
  parentId: string | null;
  /** Who wrote it: one of the two. */
  member: Person | null;
  guest: Guest | null;
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
  const guest = member === null ? guestOf(session, comment) : null;
  const prepared: Prepared[] = [];
  for (const piece of pieces) {
    const body = commentBodySchema.safeParse(piece);
    if (!body.success) continue;
    const { html } = await renderInWorker(body.data, { dialect: "comment", ownOrigin: session.ownOrigin });
    const before = prepared.at(-1);
    const externalId = before ? `${comment.id}#${prepared.length + 1}` : comment.id;
    prepared.push({
      line,
      externalId,
      parentId: before?.externalId ?? line.parentId,
      member,
      guest,
      body: body.data,
      html,
    });
  }
  if (prepared.length === 0) tell(session, comment, "skipped", "empty");
  return prepared;
}

async function write(
  session: Session,
  tx: Transaction,
  { discussion, fresh, written }: { discussion: Discussion; fresh: readonly Prepared[]; written: Written },
): Promise<ParentRow[]> {
  const { permit, source } = session;
  const { threadId } = discussion.article;
  const visitors = await ensureImportedVisitors(tx, permit, peopleOf(fresh));
  const places = new Map<string, number>();
  const depths = new Map([...written].map(([id, row]) => [id, row.depth]));
  const comments: ImportedComment[] = [];
  for (const [index, one] of fresh.entries()) {
    const { externalId, parentId, member, guest, line, body, html } = one;
    // A piece of what is too deep already, or waits for a moderator, stands beside the one before it.
    const depth = parentId === null ? undefined : depths.get(parentId);
    const hangs = depth !== undefined && depth < limits.threadDepth;
    const parent = parentId === null || !hangs ? null : (places.get(parentId) ?? written.get(parentId) ?? null);
    const visitorId = guest === null ? null : (visitors.get(guest.key) ?? null);
    const named = member?.name ?? guest?.name ?? null;
    const authorName = named ?? (await automaticName(tx, { threadId, visitorId: visitorId ?? 0 }));
    comments.push({
      ...{ externalId, parent, status: line.status, userId: member?.id ?? null, visitorId, authorName },
      ...{ nameChosen: member === null && named !== null, body, html, rendererVersion, bodyHash: sha256(body) },
      createdAt: line.at,
    });
    places.set(externalId, index);
    if (line.status === "PUBLISHED") depths.set(externalId, hangs ? depth + 1 : 0);
  }
  const rows = await insertImportedComments(tx, permit, { source, threadId, comments });
  for (const { id: commentId, status } of rows) {
    if (status !== "PENDING") continue;
    await logCommentAction(tx, { kind: "HOLD", commentId, actorId: null, from: null, to: "PENDING", reason: "import" });
  }
  return rows;
}

/** Each guest of these comments once, with the first and last day they wrote. */
function peopleOf(fresh: readonly Prepared[]): ImportedPerson[] {
  const people = new Map<string, ImportedPerson>();
  for (const { guest, line } of fresh) {
    if (guest === null) continue;
    const known = people.get(guest.key) ?? { key: guest.key, first: line.at, last: line.at };
    if (line.at < known.first) known.first = line.at;
    if (line.at > known.last) known.last = line.at;
    people.set(guest.key, known);
  }
  return [...people.values()];
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
