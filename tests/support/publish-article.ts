// An article of a test's own on the running site: written by the store, on the database of DATA_DIR.
import { randomBytes } from "node:crypto";
import type { Actor } from "@/lib/domain/actor";
import { authorize } from "@/lib/domain/permissions";
import { env, setDatabaseUrls } from "@/lib/env";
import { inTransaction } from "@/lib/store/client";
import { sharedPool } from "@/lib/store/pool";
import { insertArticle, insertCredits, insertRevision, showArticle } from "@/lib/store/publishing";
import { announceAll } from "@/lib/store/purge-bus";
import { rendererVersion, renderMarkdown } from "@/lib/text/markdown";
import { runningEmbeddedDatabase } from "@/scripts/embedded-database";
import { waitForDatabase } from "@/tests/support/unhurried";

export interface TestArticle {
  slug: string;
  title: string;
  /** Its path. */
  address: string;
}

interface Wanted {
  title?: string;
  /** Markdown. */
  body?: string;
  locked?: boolean;
  /** An address that it had before. */
  formerSlug?: string;
  /** Markdown of the texts that were published before, oldest first; each later text is an update. */
  earlier?: readonly string[];
}

const system: Actor = { kind: "system" };

/** The database of the running site, for what no page can do. */
export async function reachDatabase(): Promise<void> {
  waitForDatabase();
  if (env().databaseUrl) return;
  const running = await runningEmbeddedDatabase(env().dataDir);
  if (!running) throw new Error(`No database runs in ${env().dataDir}.`);
  setDatabaseUrls(running);
}

const ofIt = "(SELECT id FROM articles WHERE slug = $1)";

/** What is written past the running site, it is told: stored pages do not know of it. */
function tellSite(): Promise<void> {
  return announceAll(env().redisUrl);
}

/** Closes the discussion of an article. */
export async function lockThread({ slug }: { slug: string }): Promise<void> {
  await reachDatabase();
  await sharedPool().query(`UPDATE threads SET state = 'LOCKED' WHERE article_id = ${ofIt}`, [slug]);
  await tellSite();
}

/** Publishes an article with an empty thread, at an address that no other test has. */
export async function publishArticle(wanted: Wanted = {}): Promise<TestArticle> {
  await reachDatabase();
  const slug = `test-${randomBytes(6).toString("hex")}`;
  const { title = `How do bees find their way (${slug})?`, body = "By the sun, and by what they remember." } = wanted;
  const permit = authorize(system, "site.import");
  const at = new Date();
  await inTransaction(async (tx) => {
    const { id: articleId } = await insertArticle(tx, permit, { slug, createdAt: at });
    const bodies = [...(wanted.earlier ?? []), body];
    let revisionId = 0;
    for (const [index, text] of bodies.entries()) {
      const isFirst = index === 0;
      const { id } = await insertRevision(tx, permit, {
        articleId,
        number: index + 1,
        state: index === bodies.length - 1 ? "PUBLISHED" : "SUPERSEDED",
        title,
        summary: "A short answer to a long question.",
        body: text,
        rendered: renderMarkdown(text, { dialect: "article", ownOrigin: env().publicOrigin }),
        rendererVersion,
        copyrightHolder: "The Bee Society",
        licence: "CC BY 4.0",
        class: isFirst ? null : "UPDATE",
        note: isFirst ? "" : `What the bees told us, part ${index}.`,
        authorId: null,
        decidedById: null,
        topicIds: [],
        createdAt: at,
        publishedAt: at,
      });
      revisionId = id;
    }
    const people = [{ userId: null, name: "Ada Beekeeper" }];
    await insertCredits(tx, permit, { articleId, kind: "WRITTEN", people });
    const dates = { firstPublishedAt: at, lastModifiedAt: at };
    await showArticle(tx, permit, { articleId, revisionId, ...dates, topicIds: [] });
  });
  if (wanted.locked) await lockThread({ slug });
  if (wanted.formerSlug) {
    const redirect = `INSERT INTO slug_redirects (slug, article_id) VALUES ($2, ${ofIt})`;
    await sharedPool().query(redirect, [slug, wanted.formerSlug]);
  }
  await tellSite();
  return { slug, title, address: `/articles/${slug}` };
}
