// Every public address can be kept: it reads no session, sets no cookie, and is the same bytes for everybody. A new page has to be
// named here, among the public ones with an example, or among the others with its reason.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { postComment } from "@/tests/support/api-client";
import { eachInstance } from "@/tests/support/in-turns";
import { publishArticle } from "@/tests/support/publish-article";
import { becomeMember } from "./people";
import { expect, test } from "./stories";

/** Address of a file in `app` → an example of it, below `/articles/SLUG` where it begins with a dot. */
const publicAddresses: Record<string, string> = {
  "/": "/",
  "/articles/[slug]": ".?sort=newest&page=1",
  "/articles/[slug]/cite": "./cite",
  "/articles/[slug]/compare/[before]/[now]": "./compare/1/2",
  "/articles/[slug]/history": "./history",
  "/articles/[slug]/print": "./print?discussion=1",
  "/articles/[slug]/revisions/[number]": "./revisions/1",
  "/articles/[slug]/revisions/[number]/[file]": "./revisions/1/cite.bib",
  "/articles/[slug]/card.png": "./card.png",
  "/articles/[slug]/comments.xml": "./comments.xml",
  "/articles/[slug]/history.xml": "./history.xml",
  "/moderation-log": "/moderation-log",
  "/moderation-log/figures": "/moderation-log/figures",
  "/moderation-log.xml": "/moderation-log.xml",
  "/people/[handle]": "/people/HANDLE",
  "/topics": "/topics",
  "/topics/[slug]": "/topics/TOPIC",
  "/topics/[slug]/feed.xml": "/topics/TOPIC/feed.xml",
  "/feed.xml": "/feed.xml",
  "/feed.json": "/feed.json",
  "/sitemap.xml": "/sitemap.xml",
  "/sitemap/[kind]/[part]": "/sitemap/articles/0.xml",
  "/robots.txt": "/robots.txt",
  "/next-page.json": "/next-page.json",
  "/.well-known/security.txt": "/.well-known/security.txt",
  "/api/v1/articles": "/api/v1/articles?limit=3",
  "/api/v1/articles/[slug]": "/api/v1/articles/SLUG",
  "/api/v1/articles/[slug]/comments": "/api/v1/articles/SLUG/comments?limit=3",
  "/api/v1/articles/[slug]/revisions": "/api/v1/articles/SLUG/revisions",
  "/api/v1/articles/[slug]/revisions/[number]": "/api/v1/articles/SLUG/revisions/1",
  "/api/v1/openapi.json": "/api/v1/openapi.json",
};

/** The rules for loading ahead, which every page names: browsers need not ask for them each time. */
const rules = "/next-page.json";

/** Says as of when it is right, which depends on the minute in which an instance drew it: both readers ask the same one. */
const ofOneInstance = "/moderation-log/figures";

/** Documents and machines that are not kept, and why. */
const others: Record<string, string> = {
  "/[...missing]": "there is no page",
  "/comments/[id]": "says what this reader may do with the comment",
  "/search": "there are as many as there are words, and each search is counted against who asks",
  "/articles/[slug]/compare": "only leads on to another address",
  "/mail/stop": "only takes what mail programs send",
  "/settings/data/[id]": "one member's own archive",
  "/u/[id]": "never changes, so that browsers keep it; a stream, not a page",
};

/** Addresses below a folder of `app`, groups left away. */
function addressesIn(folder: string): string[] {
  const root = fileURLToPath(new URL(`../../app/${folder}`, import.meta.url));
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map((file) => join("/", folder.startsWith("(") ? "" : folder, file, ".."));
}

test("every public address is known here", () => {
  const known = Object.keys({ ...publicAddresses, ...others });
  const unknown = ["(documents)", "(machines)"].flatMap(addressesIn).filter((address) => !known.includes(address));
  expect(unknown, "name them among the public ones with an example, or among the others with the reason").toEqual([]);
});

test("every public address can be kept, and is the same for a member, a guest and a stranger", async ({
  page,
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const origin = baseURL ?? "";
  const article = await publishArticle({ earlier: ["What we knew before."] });
  await postComment(origin, article.slug, { body: "Said by a stranger." });
  const { handle } = await becomeMember(page);
  const topic = await topicOf(page.request);
  const stranger = await playwright.request.newContext({
    baseURL: origin,
    userAgent: "Another/1.0",
    extraHTTPHeaders: { "accept-language": "he" },
  });
  const problems: string[] = [];
  for (const [pattern, example] of Object.entries(publicAddresses)) {
    const address = example
      .replace(/^\./, article.address)
      .replace("SLUG", article.slug)
      .replace("HANDLE", handle)
      .replace("TOPIC", topic);
    // Others post meanwhile; what is purged between the two is asked for again.
    let wrong = ["not asked"];
    for (let round = 0; round < 5 && wrong.length > 0; round++) {
      const keeps = pattern === rules ? "public, max-age=86400" : "no-cache";
      const headers = pattern === ofOneInstance ? eachInstance()[0] : undefined;
      wrong = differences(
        await page.request.get(address, { headers }),
        await stranger.get(address, { headers }),
        keeps,
      );
    }
    problems.push(...wrong.map((words) => `${pattern} (${address}): ${words}`));
  }
  await stranger.dispose();
  expect(problems).toEqual([]);
});

/** @param keeps what browsers are told about keeping it */
function differences(member: APIResponse, stranger: APIResponse, keeps: string): string[] {
  const [ofMember, ofStranger] = [member.headers(), stranger.headers()];
  const wrong: string[] = [];
  if (member.status() !== 200) wrong.push(`answers ${member.status()}`);
  for (const headers of [ofMember, ofStranger]) {
    if (headers["set-cookie"]) wrong.push("sets a cookie");
    if (!headers["surrogate-control"]?.startsWith("max-age")) wrong.push("does not say that it may be kept");
    if (!headers["surrogate-key"]?.split(" ").includes("everything")) wrong.push("has no key");
    if (headers["cache-control"] !== keeps) wrong.push(`says Cache-Control: ${headers["cache-control"]}`);
    if (/cookie/i.test(headers.vary ?? "")) wrong.push("varies by cookie");
  }
  // Between the two it may have been packed again, smaller.
  const [first, second] = [ofMember.etag, ofStranger.etag].map((tag) => tag?.replace('-br11"', '-br"'));
  if (!first || first !== second) wrong.push("is not the same for both");
  return [...new Set(wrong)];
}

async function topicOf(request: APIRequestContext): Promise<string> {
  const page = await (await request.get("/topics")).text();
  return /\/topics\/([a-z0-9-]+)"/.exec(page)?.[1] ?? "";
}
