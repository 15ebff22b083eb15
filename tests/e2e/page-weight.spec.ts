// What a reader's browser downloads for an article with a hundred comments, cold, everything with its headers. Words of 20 to 120 a
// comment, names with the accents of Western Europe. bench/README.md says where the bytes are and what was tried.
import { talk } from "@/bench/site/discussion";
import { nameOf } from "@/bench/site/people";
import { randomOf } from "@/bench/site/random";
import { createTexts } from "@/bench/site/texts";
import { settle, visitCold } from "@/bench/visit";
import { env } from "@/lib/env";
import { sharedPool } from "@/lib/store/pool";
import { fillThread } from "@/tests/services/plenty";
import { eachInstance } from "@/tests/support/in-turns";
import { expect, test } from "./stories";

const KB = 1024;

/** Bytes with headers, and requests, for each kind. */
const budgets = {
  // Fourteen of these are the nine thousand words themselves.
  Document: { bytes: 21.5 * KB, requests: 1 },
  Stylesheet: { bytes: 6.8 * KB, requests: 1 },
  Script: { bytes: 2.3 * KB, requests: 1 },
  // Roman and italic.
  Font: { bytes: 20 * KB, requests: 2 },
  // The rules for loading ahead, and the icon, where a browser asks for it.
  Other: { bytes: 1.6 * KB, requests: 2 },
};

/** All of it. */
const most = { bytes: 50 * KB, requests: 7 };

const kindOf = (type: string): keyof typeof budgets =>
  type === "Document" || type === "Stylesheet" || type === "Script" || type === "Font" ? type : "Other";

test("an article with a hundred comments weighs no more than it must, and nothing moves", async ({
  browser,
  origin,
  publish,
}) => {
  // Its page is packed as small as can be once nobody else's has to be.
  test.slow();
  const random = randomOf(1, 9);
  const texts = createTexts(1);
  const article = await publish({ body: texts.article(random, 3).body });
  const sql = async (text: string, values?: unknown[]) => (await sharedPool().query(text, values)).rows;
  const [thread] = await sql("SELECT t.id FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.slug = $1", [
    article.slug,
  ]);
  const speak = texts.speaker(random);
  const say = (n: number) => ({ ...speak(), name: nameOf(1, n) });
  const ownerUrl = env().migrationDatabaseUrl ?? "";
  await fillThread({ sql, ownerUrl }, { threadId: thread.id }, { shape: talk(random), count: 100, say });

  // Each instance keeps its own pages, and packs them itself.
  for (const wish of eachInstance()) await settle(`${origin}${article.address}`, wish);
  const { files, bytes, shift } = await visitCold(browser, `${origin}${article.address}`);
  expect(shift).toBe(0);
  for (const [kind, budget] of Object.entries(budgets)) {
    const ofKind = files.filter(({ type }) => kindOf(type) === kind);
    const bytes = ofKind.reduce((sum, file) => sum + file.bytes, 0);
    const told = JSON.stringify(ofKind);
    expect(ofKind.length, `${kind}: ${told}`).toBeLessThanOrEqual(budget.requests);
    expect(bytes, `${kind}: ${told}`).toBeLessThanOrEqual(budget.bytes);
  }
  expect(bytes).toBeLessThanOrEqual(most.bytes);
  expect(files.length).toBeLessThanOrEqual(most.requests);
});
