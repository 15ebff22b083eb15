// `npm run bench:long`: one discussion of 100,000 comments, in which one has 1,000 direct replies (F17), on the generated site in
// DATA_DIR. How long reading its pages, posting to it and deciding about it take, alone and while others do all of that; and what a
// verdict and the queue cost. Of the services, without HTTP. Writes to the site: give it one of its own.
import "@/scripts/node-env.mjs";
import pg from "pg";
import { discussionOf } from "@/bench/site/size";
import type { MemberActor, VisitorActor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { moderateComment } from "@/lib/services/moderate-comment";
import { postComment } from "@/lib/services/post-comment";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readQueue } from "@/lib/services/read-moderation";
import { inTransaction } from "@/lib/store/client";
import { lockForVerdict } from "@/lib/store/verdicts";
import { withDatabase } from "@/scripts/open-database";

/** Direct replies of one comment. */
const replies = 1_000;
/** What waits in the queue (issue 5). */
const waiting = 5_000;
/** Rounds of each measurement. */
const rounds = 100;

const stranger: VisitorActor = { kind: "visitor", visitorId: null };
let network = 0;
const by = (actor: VisitorActor | MemberActor = stranger): Context => {
  network += 1;
  const ownOrigin = "https://talk.example.org";
  return { actor, now: new Date(), network: `10.${network >> 16}.${(network >> 8) & 255}.${network & 255}`, ownOrigin };
};

/** A comment, as it stands in the one statement of each that arranges this. */
const columns = `thread_id, depth, place, root_place, parent_id, root_id, status, visitor_id, author_name, body, html, renderer_version, body_hash, held_reason, created_at`;

await withDatabase(async () => {
  env().rateLimitFactor = 1_000_000;
  const client = new pg.Client({ connectionString: env().migrationDatabaseUrl ?? env().databaseUrl });
  await client.connect();
  const ask = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  try {
    const [thread] = await ask(
      `SELECT t.id, a.slug, t.places, t.root_places AS roots, (SELECT min(id) FROM visitors) AS visitor,
              (SELECT id FROM comments c WHERE c.thread_id = t.id AND c.root_place = t.root_places / 2) AS root
       FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.slug = $1`,
      [discussionOf(100_000)],
    );
    if (!thread) throw new Error("The site has no discussion of 100,000 comments: bench:generate -- --threads 100000");
    const { id, slug, visitor, root } = thread;
    const [had] = await ask("SELECT count(*)::int AS n FROM comments WHERE parent_id = $1 AND place IS NOT NULL", [
      root,
    ]);
    await ask(
      `WITH added AS (
         INSERT INTO comments (${columns})
         SELECT $1, 1, $2 + n, NULL, $3, $3, 'PUBLISHED', $4, 'Many', 'One of many.', '<p>One of many.</p>', 1, ''::bytea, NULL, now()
         FROM generate_series(1, $5::int) n RETURNING 1)
       UPDATE threads SET places = places + $5, comment_count = comment_count + $5 WHERE id = $1`,
      [id, thread.places, root, visitor, Math.max(0, replies - Number(had?.n))],
    );
    const [open] = await ask("SELECT count(*)::int AS n FROM comments WHERE status = 'PENDING'");
    await ask(
      `INSERT INTO comments (${columns})
       SELECT $1, 0, NULL, NULL, NULL, NULL, 'PENDING', $2, 'Many', 'This waits ' || n, '<p>This waits.</p>', 1, ''::bytea, 'links', now()
       FROM generate_series(1, $3::int) n`,
      [id, visitor, Math.max(0, waiting - Number(open?.n))],
    );
    await ask("ANALYZE comments");
    await ask("UPDATE users SET roles = '{MODERATOR}' WHERE id = (SELECT min(id) FROM users)");
    const [user] = await ask(
      "SELECT id, handle, display_name FROM users WHERE 'MODERATOR' = ANY(roles) ORDER BY id LIMIT 1",
    );
    const moderator: MemberActor = {
      kind: "member",
      userId: Number(user?.id),
      handle: String(user?.handle),
      displayName: String(user?.display_name),
      roles: ["MODERATOR"],
      verified: true,
      visitorId: null,
      session: null,
      scopes: null,
    };
    const held = (await ask("SELECT id::text FROM comments WHERE status = 'PENDING' ORDER BY id")).map((row) =>
      String(row.id),
    );
    // Nobody judges themselves.
    const others = await ask(
      `SELECT id::text FROM comments WHERE thread_id = $1 AND status = 'PUBLISHED' AND user_id IS DISTINCT FROM $2
       ORDER BY id LIMIT 2000`,
      [id, moderator.userId],
    );
    const readable = others.map((row) => String(row.id));
    const lastPage = Math.ceil(Number(thread.roots) / limits.rootsPerPage);
    const [lastReply] = await ask(
      "SELECT place FROM comments WHERE parent_id = $1 AND place IS NOT NULL ORDER BY place DESC OFFSET $2 LIMIT 1",
      [root, limits.rootsPerPage],
    );
    let nth = 0;
    const post = (parentId: string | null) =>
      postComment(by(), {
        slug,
        parentId,
        body: `Said for the ${process.pid}/${nth++}th time: what was said here before will be said again.`,
        name: undefined,
        key: undefined,
        honeypot: "",
        ageMs: undefined,
      });
    const verdict = async (commentId: string, kind: "approve" | "remove") => {
      const seen = await inTransaction((tx) => lockForVerdict(tx, commentId));
      if (!seen) throw new Error(`There is no comment ${commentId}.`);
      await moderateComment(by(moderator), { id: commentId, verdict: kind, seen, reason: "removal.OFF_TOPIC" });
    };
    const page = (sort: "oldest" | "newest" | "best", number: number) =>
      readArticle(by(), { slug, sort, page: number });
    const take = (list: string[]) => list.pop() ?? "";
    const deeds: [string, () => Promise<unknown>][] = [
      ["The first page", () => page("oldest", 1)],
      ["A page in the middle", () => page("oldest", Math.ceil(lastPage / 2))],
      ["The last page", () => page("oldest", lastPage)],
      ["The newest comments", () => page("newest", 1)],
      [`A comment with ${replies} direct replies`, () => readComment(by(), { id: String(root) })],
      ["The last of these replies", () => readComment(by(), { id: String(root), after: Number(lastReply?.place) })],
      ["Posting to the article", () => post(null)],
      [`Posting the next reply of ${replies}`, () => post(String(root))],
      [`The queue, ${waiting} open`, () => readQueue(by(moderator), { tab: "held" })],
      ["Approving a held comment", () => verdict(take(held), "approve")],
      ["Removing a comment", () => verdict(take(readable), "remove")],
    ];

    process.stdout.write(`${"".padEnd(40)}${"p50 ms".padStart(10)}${"p95 ms".padStart(10)}${"cpu ms".padStart(10)}\n`);
    for (const [name, deed] of deeds) {
      for (let round = 0; round < 20; round++) await deed();
      const times: number[] = [];
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round++) times.push(await timeOf(deed));
      const { user: own, system } = process.cpuUsage(before);
      say(name, times, (own + system) / 1_000 / rounds);
    }
    process.stdout.write("\nAll of them at once, four at a time:\n");
    const times = new Map<string, number[]>(deeds.map(([name]) => [name, []]));
    const turns = Array.from({ length: rounds }, () => deeds).flat();
    let next = 0;
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let turn = turns[next++]; turn; turn = turns[next++]) times.get(turn[0])?.push(await timeOf(turn[1]));
      }),
    );
    for (const [name, took] of times) say(name, took);
  } finally {
    await client.end();
  }
});

async function timeOf(deed: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await deed();
  return performance.now() - began;
}

function say(name: string, times: number[], cpu?: number): void {
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1).padStart(10);
  process.stdout.write(
    `${name.padEnd(40)}${at(0.5)}${at(0.95)}${(cpu === undefined ? "" : cpu.toFixed(1)).padStart(10)}\n`,
  );
}
