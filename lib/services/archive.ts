// What stands in the archive of a member's data: every list as JSON, and what a person would like to read again as Markdown.
import { strToU8, zip } from "fflate";
import { database } from "@/lib/store/client";
import {
  type CommentData,
  type RecordLine,
  type RevisionData,
  readAccountData,
  readCommentData,
  readEarlierTexts,
  readEditorialData,
  readNoteData,
  readRecord,
  readReportData,
  readRevisionData,
} from "@/lib/store/personal-data";

/** Rows read at once. */
const pageSize = 500;

type ToldComment = CommentData & { earlier: { number: number; body: string; createdAt: Date }[] };

/** All pages of a list; each is asked for by the last row of the one before. */
async function allPages<Row>(read: (last: Row | undefined) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  while (true) {
    const page = await read(rows.at(-1));
    rows.push(...page);
    if (page.length < pageSize) return rows;
  }
}

async function allComments(userId: number): Promise<ToldComment[]> {
  const db = database();
  return allPages<ToldComment>(async (last) => {
    const page = await readCommentData(db, { userId, after: last?.id ?? 0n, limit: pageSize });
    const told = page.map((comment): ToldComment => ({ ...comment, earlier: [] }));
    const byId = new Map(told.map((comment) => [comment.id, comment]));
    for (const { commentId, ...text } of await readEarlierTexts(db, [...byId.keys()]))
      byId.get(commentId)?.earlier.push(text);
    return told;
  });
}

/** The bytes of the archive. */
export async function archiveOf(userId: number): Promise<Uint8Array> {
  const db = database();
  const { account, sessions } = await readAccountData(db, userId);
  const comments = await allComments(userId);
  const revisions = await allPages<RevisionData>((last) =>
    readRevisionData(db, { userId, after: last?.id ?? 0, limit: pageSize }),
  );
  const [notes, editorial] = await Promise.all([readNoteData(db, userId), readEditorialData(db, userId)]);
  const reports = await readReportData(db, userId);
  const record = await allPages<RecordLine>((last) =>
    readRecord(db, { userId, after: last?.id ?? 0n, limit: pageSize }),
  );
  const articles = revisions.map(({ article, number, title, body }) => [
    `articles/${article}-${number}.md`,
    `# ${title}\n\n${body}\n`,
  ]);
  return zipped({
    "read-me.md": readMe(account?.handle ?? "", { comments: comments.length, revisions: revisions.length }),
    "profile.json": json(account),
    "profile.md": `# ${account?.displayName ?? ""}\n\n${account?.bio ?? ""}\n`,
    "sessions.json": json(sessions),
    "comments.json": json(comments),
    "comments.md": comments.map(asMarkdown).join("\n"),
    "articles.json": json(revisions),
    ...Object.fromEntries(articles),
    "notes.json": json(notes),
    "editorial.json": json(editorial),
    "reports.json": json(reports),
    "record.json": json(record),
  });
}

function readMe(handle: string, counts: { comments: number; revisions: number }): string {
  return `# What @${handle} has here

- profile: who you are here, and what lets you in (no passwords or tokens; we keep none that can be read)
- comments: ${counts.comments}, with their earlier texts
- articles: ${counts.revisions} texts, drafts among them, one file each
- notes: what you noted on drafts
- editorial: what you handed in, decided and took back, with what you said about it
- sessions: browsers that are logged in
- reports: what you told the moderators
- record: what was done with your account

The .json files are for programs, the .md files for people. What you posted anonymously is not here: nothing ties it to your account.
`;
}

function asMarkdown({ articleTitle, article, createdAt, status, body }: ToldComment): string {
  const text = body === "" ? "(deleted)" : body;
  return `## ${articleTitle ?? article}\n\n${createdAt.toISOString()} · ${status} · /articles/${article}\n\n${text}\n`;
}

/** Numbers that JSON cannot hold are written as text. */
function json(value: unknown): string {
  return `${JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner), 2)}\n`;
}

/** Packs texts in threads of their own, so that no page waits for it. */
function zipped(texts: Record<string, string>): Promise<Uint8Array> {
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)]));
  return new Promise((resolve, reject) => {
    zip(files, { level: 6 }, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}
