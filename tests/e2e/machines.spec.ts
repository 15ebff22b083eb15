// What programs fetch besides the API: feeds, the sitemap, robots.txt, share images, kept pictures.
import { randomUUID } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import sax from "sax";
import sharp from "sharp";
import { newFileId, putFile } from "@/lib/media/files";
import { postComment } from "@/tests/support/api-client";
import { publishArticle, type TestArticle } from "@/tests/support/publish-article";

const test = base.extend<{ origin: string; article: TestArticle }>({
  origin: async ({ baseURL }, use) => use(baseURL ?? ""),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  article: async ({}, use) => use(await publishArticle()),
});

interface Node {
  name: string;
  attributes: Record<string, unknown>;
  text: string;
}

/** All elements of a document, read by a parser that forgives nothing. */
function elementsOf(xml: string): Node[] {
  const parser = sax.parser(true);
  const open: Node[] = [];
  const closed: Node[] = [];
  parser.onopentag = ({ name, attributes }) => open.push({ name, attributes, text: "" });
  parser.ontext = (text) => {
    const innermost = open.at(-1);
    if (innermost) innermost.text += text;
  };
  parser.onclosetag = () => closed.push(...open.splice(-1));
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(xml).close();
  return closed;
}

const textsOf = (nodes: Node[], name: string) => nodes.filter((node) => node.name === name).map((node) => node.text);

test("the site's feeds carry the newest article whole", async ({ request, origin }) => {
  const { address } = await publishArticle({ title: "Tags & <b>", body: "Look [there](/topics), or ]]> at &amp;." });
  const atom = await request.get("/feed.xml");
  expect(atom.headers()).toMatchObject({
    "content-type": "application/atom+xml; charset=utf-8",
    "cache-control": "no-cache",
    etag: expect.any(String),
  });
  const nodes = elementsOf(await atom.text());
  expect(textsOf(nodes, "title")).toContain("Tags & <b>");
  const html = `<p>Look <a href="${origin}/topics">there</a>, or ]]&gt; at &amp;.</p>\n`;
  expect(textsOf(nodes, "content")).toContain(html);
  expect(nodes.filter(({ name }) => name === "link").map(({ attributes }) => attributes.href)).toContain(
    `${origin}/feed.xml`,
  );
  const json = await (await request.get("/feed.json")).json();
  expect(json.version).toBe("https://jsonfeed.org/version/1.1");
  expect(json.items).toContainEqual(
    expect.objectContaining({ url: `${origin}${address}`, title: "Tags & <b>", content_html: html }),
  );
});

test("a discussion's feed has what can be read, and what answers what", async ({ request, origin, article }) => {
  const first = await postComment(origin, article.slug, { body: "The *first*.", name: "Ada" });
  const reply = await postComment(origin, article.slug, { body: "An answer.", parentId: first.id });
  const held = await postComment(origin, article.slug, {
    body: "https://a.example https://b.example https://c.example",
  });
  expect(held.status).toBe("pending");
  const nodes = elementsOf(await (await request.get(`${article.address}/comments.xml`)).text());
  expect(textsOf(nodes, "content")).toEqual(["<p>An answer.</p>\n", "<p>The <em>first</em>.</p>\n"]);
  const answered = nodes.filter(({ name }) => name === "thr:in-reply-to").map(({ attributes }) => attributes.href);
  expect(answered).toEqual([`${origin}/comments/${first.id}`, `${origin}${article.address}`]);
  expect(textsOf(nodes, "id").some((id) => id.endsWith(`:comment-${reply.id}`))).toBe(true);
});

test("a topic's feed has its articles", async ({ request }) => {
  const nodes = elementsOf(await (await request.get("/topics/history/feed.xml")).text());
  expect(textsOf(nodes, "title").length).toBeGreaterThan(1);
});

test("a former address of a discussion's feed leads to the present one", async ({ request }) => {
  const formerSlug = `former-${randomUUID().slice(0, 8)}`;
  const { address } = await publishArticle({ formerSlug });
  const moved = await request.get(`/articles/${formerSlug}/comments.xml`, { maxRedirects: 0 });
  expect([moved.status(), moved.headers().location]).toEqual([308, `${address}/comments.xml`]);
});

test("the sitemap lists articles, topics and people, and robots.txt names it", async ({ request, origin, article }) => {
  const robots = await (await request.get("/robots.txt")).text();
  const listed = /^Sitemap: (.+)$/m.exec(robots)?.[1];
  expect(listed).toBe(`${origin}/sitemap.xml`);
  expect(robots).toContain("\nDisallow: /api/\n");
  const sitemap = await request.get("/sitemap.xml");
  expect(sitemap.headers()["content-type"]).toBe("application/xml; charset=utf-8");
  const places = textsOf(elementsOf(await sitemap.text()), "loc");
  for (const path of ["/", "/topics", article.address, "/topics/history", "/people/tomasz"]) {
    expect(places).toContain(`${origin}${path}`);
  }
  const part = textsOf(elementsOf(await (await request.get("/sitemap/articles/0.xml")).text()), "loc");
  expect(part).toContain(`${origin}${article.address}`);
});

test("the share image is a picture of the size that is asked for, and not sent twice", async ({ request, article }) => {
  const card = await request.get(`${article.address}/card.png`);
  expect(card.headers()["content-type"]).toBe("image/png");
  const { format, width, height } = await sharp(await card.body()).metadata();
  expect({ format, width, height }).toEqual({ format: "png", width: 1200, height: 630 });
  const headers = { "if-none-match": card.headers().etag ?? "" };
  expect((await request.get(`${article.address}/card.png`, { headers })).status()).toBe(304);
});

test("a kept picture is a picture and nothing else", async ({ request }) => {
  const id = newFileId();
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#1c6549" } })
    .webp()
    .toBuffer();
  await putFile(id, bytes);
  const picture = await request.get(`/u/${id}`);
  expect((await picture.body()).equals(bytes)).toBe(true);
  const expected = {
    "content-type": "image/webp",
    "content-disposition": 'inline; filename="image.webp"',
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=31536000, immutable",
  };
  expect(picture.headers()).toMatchObject(expected);
  const head = await request.head(`/u/${id}`);
  expect(head.headers()).toMatchObject(expected);
});

for (const path of [
  "/articles/never-was/comments.xml",
  "/articles/never-was/card.png",
  "/articles/No%20Slug/card.png",
  "/topics/never-was/feed.xml",
  "/sitemap/articles/1.xml",
  "/sitemap/articles/999999.xml",
  "/sitemap/articles/0",
  "/sitemap/secrets/0.xml",
  "/u/AAAAAAAAAAAAAAAAAAAAAA",
  "/u/short",
  "/u/..%5c..%5csecret",
]) {
  test(`${path} is not there`, async ({ request }) => {
    const response = await request.get(path);
    expect([400, 404]).toContain(response.status());
    expect(response.headers()["cache-control"]).toBe("private, no-store");
  });
}

test("security.txt says whom to tell of a weakness, and until when that is true", async ({ request, origin }) => {
  const file = await request.get("/.well-known/security.txt");
  expect(file.status()).toBe(200);
  const lines = (await file.text()).trimEnd().split("\n");
  expect(lines[0]).toBe("Contact: mailto:security@example.org");
  expect(Date.parse(lines[1]?.replace("Expires: ", "") ?? "")).toBeGreaterThan(Date.now());
  expect(lines[2]).toBe(`Canonical: ${origin}/.well-known/security.txt`);
});
