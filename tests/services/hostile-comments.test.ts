// Hostile texts on their whole way through posting: what is stored is what the two nets left of them, and nobody else waits.
import { monitorEventLoopDelay } from "node:perf_hooks";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import { commentBodySchema, guestNameSchema } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { editComment } from "@/lib/services/edit-comment";
import { previewComment } from "@/lib/services/render-comment";
import { renderMarkdown } from "@/lib/text/markdown";
import {
  anArticle,
  by,
  ownOrigin,
  post,
  refusalOf,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { attackVectors } from "@/tests/support/attack-vectors";
import { freshDatabase } from "@/tests/support/database";
import { hostileShapes } from "@/tests/support/hostile-shapes";

const db = freshDatabase();
withoutRateLimits();

/** As many at once as a page of the pool's queue surely holds. */
const atOnce = 16;

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    done.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return done;
}

interface Element {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Element[];
}

/** The comments of an article by id. */
async function rowsOf({ threadId }: TestArticle): Promise<Map<string, Record<string, unknown>>> {
  const rows = await db.sql("SELECT id, body, html, author_name FROM comments WHERE thread_id = $1", [threadId]);
  return new Map(rows.map((row) => [String(row.id), row]));
}

const parser = unified().use(rehypeParse, { fragment: true });
const harmlessTags = new Set(
  "p br strong em s code pre blockquote ul ol li a hr h2 h3 h4 table thead tbody tr th td div span".split(" "),
);

/** What in the HTML could run, load or take over, as a browser would read it. */
function dangersIn(html: string): string[] {
  const found: string[] = [];
  const left: Element[] = [parser.parse(html)];
  for (let node = left.pop(); node; node = left.pop()) {
    left.push(...(node.children ?? []));
    if (node.type === "comment") found.push("a comment");
    if (node.tagName === undefined) continue;
    if (!harmlessTags.has(node.tagName)) found.push(`<${node.tagName}>`);
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      const harmful =
        /^(on|src|style|id$|name$|form|action|target|data)/i.test(name) ||
        (name === "href" && !/^(https?:\/\/|mailto:|\/(?!\/)|#)/.test(String(value)));
      if (harmful) found.push(`${name}=${value}`);
    }
  }
  return found;
}

it("sees what could run, load or take over", () => {
  const raw = attackVectors.filter(({ source }) => dangersIn(source).length > 0);
  expect(raw.length).toBeGreaterThan(attackVectors.length / 2);
});

describe("attacks", () => {
  const bodies = attackVectors.flatMap(({ name, source }) => {
    const body = commentBodySchema.safeParse(source);
    return body.success ? [{ name, body: body.data }] : [];
  });

  it("are nearly all texts that may be said", () => {
    expect(bodies.length).toBeGreaterThan(attackVectors.length * 0.95);
  });

  it("are stored as written, and as HTML that is safe, whether posted, edited in or previewed", async () => {
    const article = await anArticle();
    const first = await post(article, { body: "Harmless." });
    const author = by(await visitorOf(first));
    const posted = await inBatches(bodies, async ({ name, body }) => ({
      name,
      body,
      ...(await post(article, { body })),
    }));
    const rows = await rowsOf(article);
    for (const { name, body, id } of posted) {
      const row = rows.get(id);
      expect([name, row?.body]).toEqual([name, body]);
      expect([name, row?.html]).toEqual([name, renderMarkdown(body, { dialect: "comment", ownOrigin }).html]);
      expect([name, dangersIn(String(row?.html))]).toEqual([name, []]);
    }
    for (const { body } of bodies.slice(0, limits.commentRevisions - 1)) {
      await editComment(author, { id: first.id, body });
    }
    const texts = await db.sql(
      `SELECT html FROM comment_revisions WHERE comment_id = $1
       UNION ALL SELECT html || coalesce(pending_html, '') FROM comments WHERE id = $1`,
      [first.id],
    );
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.flatMap(({ html }) => dangersIn(String(html)))).toEqual([]);
    const previews = await inBatches(bodies, async ({ name, body }) => ({
      name,
      ...(await previewComment(by(), body)),
    }));
    for (const { name, html } of previews) expect([name, dangersIn(html)]).toEqual([name, []]);
  });

  it("are names like any other: kept as text, cut by nobody", async () => {
    const article = await anArticle();
    const names = attackVectors.flatMap(({ source }) => {
      const name = guestNameSchema.safeParse(source);
      return name.success && name.data !== undefined ? [name.data] : [];
    });
    expect(names.length).toBeGreaterThan(20);
    const posted = await inBatches([...new Set(names)], async (name) => ({
      name,
      ...(await post(article, { name, body: name })),
    }));
    const rows = await rowsOf(article);
    for (const { name, id } of posted) expect(rows.get(id)?.author_name).toBe(name);
  });
});

describe("texts that cost a parser much more than their length", () => {
  it("are taken, held or refused, one and all, and the server goes on answering meanwhile", async () => {
    const article = await anArticle();
    const bodies = hostileShapes.flatMap(({ name, make }) => {
      const body = commentBodySchema.safeParse(make(limits.commentBody - 200));
      return body.success ? [{ name, body: body.data }] : [];
    });
    expect(bodies.length).toBeGreaterThan(hostileShapes.length * 0.8);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const outcomes = await inBatches(
      bodies,
      async ({ name, body }) => `${name}: ${await refusalOf(post(article, { body }))}`,
    );
    delay.disable();
    const expected = /: (done|invalid body=comment\.too_many_links)$/;
    expect(outcomes.filter((outcome) => !expected.test(outcome))).toEqual([]);
    // Nanoseconds. Far above what any of them takes off this thread, far below what remark takes on it.
    expect(delay.max / 1e6).toBeLessThan(2_000);
    const rows = await db.sql("SELECT html FROM comments WHERE thread_id = $1", [article.threadId]);
    for (const { html } of rows) expect(dangersIn(String(html))).toEqual([]);
  });

  it("that the renderer gives up on are shown as written, and wait for a moderator", async () => {
    const article = await anArticle();
    const deep = commentBodySchema.parse(`${">".repeat(limits.commentBody - 5)} deep`);
    const posted = await post(article, { body: deep });
    const [row] = await db.sql("SELECT status, html FROM comments WHERE id = $1", [posted.id]);
    expect(row).toMatchObject({ status: "PENDING" });
    expect(String(row?.html)).toContain("&gt;&gt;&gt;");
    const log = await db.sql("SELECT reason FROM moderation_actions WHERE comment_id = $1", [posted.id]);
    expect(log).toEqual([{ reason: "renderer" }]);
  });

  it("more at once than can wait are told to come again, and nothing half is written", async () => {
    const article = await anArticle();
    const outcomes = await Promise.all(
      Array.from({ length: 120 }, (_, nth) => refusalOf(post(article, { body: `${"*a **b ".repeat(800)} ${nth}` }))),
    );
    expect(outcomes.filter((outcome) => outcome !== "done" && outcome !== "unavailable")).toEqual([]);
    expect(outcomes).toContain("unavailable");
    const [row] = await db.sql("SELECT count(*)::int AS n FROM comments WHERE thread_id = $1", [article.threadId]);
    expect(row?.n).toBe(outcomes.filter((outcome) => outcome === "done").length);
  });
});
