// The first-run content is sound as it stands in the repository, and a fault in it is named with its file.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { limits } from "@/lib/domain/limits";
import { renderMarkdown } from "@/lib/text/markdown";
import { codePointLength, normalizeText } from "@/lib/text/normalize";
import { walk } from "@/prisma/seed/consistency";
import { readSeedContent } from "@/prisma/seed/content";
import type { SeedArticle } from "@/prisma/seed/publication";

const seedFolder = fileURLToPath(new URL("../../prisma/seed/", import.meta.url));
const content = readSeedContent();
const bySlug = content.articles.map((article) => [article.slug, article] as const);
const commentsOf = (article: SeedArticle) => [...walk(article.comments)].map(({ comment }) => comment);
const everyComment = content.articles.flatMap(commentsOf);
const ownOrigin = "http://localhost:3000";

describe("the publication", () => {
  test("has about ten articles, of varied age, the newest of them fresh", () => {
    const ages = content.articles.map(({ publishedDaysAgo }) => publishedDaysAgo);
    expect(ages.length).toBeGreaterThanOrEqual(10);
    expect(Math.min(...ages)).toBeLessThan(2);
    expect(Math.max(...ages)).toBeGreaterThan(365);
    expect(ages).toEqual([...ages].sort((a, b) => b - a));
  });

  test("uses every topic and every member", () => {
    expect(new Set(content.articles.flatMap(({ topics }) => topics))).toEqual(
      new Set(content.topics.map(({ slug }) => slug)),
    );
    const seen = new Set([
      ...content.articles.flatMap(({ writtenBy, editedBy }) => [...writtenBy, ...editedBy]),
      ...everyComment.flatMap(({ author }) => (author.kind === "member" ? [author.handle] : [])),
    ]);
    expect(seen).toEqual(new Set(content.people.map(({ handle }) => handle)));
  });

  test("shows a thread at least ten replies deep", () => {
    expect(Math.max(...everyComment.map(({ depth }) => depth))).toBeGreaterThanOrEqual(10);
  });

  test("shows every fate of a comment: edited, deleted and removed with replies, taken up by a revision", () => {
    expect(everyComment.some(({ edited }) => edited)).toBe(true);
    expect(everyComment.some(({ deleted, replies }) => deleted && replies.length > 0)).toBe(true);
    expect(everyComment.some(({ removed, replies }) => removed && replies.length > 0)).toBe(true);
    expect(everyComment.some(({ resolvedByRevision }) => resolvedByRevision === 2)).toBe(true);
  });

  test("has guests with and without a name, and one guest who comes back to another article", () => {
    const guests = content.articles.flatMap((article) =>
      commentsOf(article).flatMap(({ author }) => (author.kind === "guest" ? [{ ...author, slug: article.slug }] : [])),
    );
    expect(guests.some(({ name }) => name === null)).toBe(true);
    expect(guests.some(({ name }) => name !== null)).toBe(true);
    const comesBack = guests.some(({ person, slug }) =>
      guests.some((other) => other.person === person && other.slug !== slug),
    );
    expect(comesBack).toBe(true);
  });

  test("an edit that readers see came after the silent window", () => {
    for (const { edited, minutesAfter, author } of everyComment) {
      if (!edited) continue;
      const silent = author.kind === "guest" ? limits.guestEditWindowMs : limits.memberEditWindowMs;
      expect((edited.minutesAfter - minutesAfter) * 60_000).toBeGreaterThan(silent);
    }
  });
});

describe.each(bySlug)("%s", (_slug, article) => {
  test("keeps the limits, in code points", () => {
    expect(article.slug.length).toBeLessThanOrEqual(limits.slug);
    expect(codePointLength(article.title)).toBeLessThanOrEqual(limits.title);
    expect(codePointLength(article.summary)).toBeLessThanOrEqual(limits.summary);
    for (const comment of commentsOf(article))
      expect(codePointLength(comment.body)).toBeLessThanOrEqual(limits.commentBody);
  });

  test("has a discussion, and each of its texts is already as it will be kept", () => {
    const comments = commentsOf(article);
    expect(comments.length).toBeGreaterThanOrEqual(3);
    for (const { body } of [...article.revisions, ...comments]) expect(normalizeText(body)).toBe(body);
  });

  test("renders as what it is: 300 to 1,800 words, headings, nothing shown as written", () => {
    for (const { body } of article.revisions) {
      const rendered = renderMarkdown(body, { dialect: "article", ownOrigin });
      expect(rendered.plain ?? false).toBe(false);
      expect(rendered.words).toBeGreaterThanOrEqual(300);
      expect(rendered.words).toBeLessThanOrEqual(1_800);
      expect(rendered.headings.length).toBeGreaterThan(0);
    }
  });

  test("has no guest's comment that would have been held for its links", () => {
    for (const { author, body } of commentsOf(article)) {
      const rendered = renderMarkdown(body, { dialect: "comment", ownOrigin });
      expect(rendered.plain ?? false).toBe(false);
      if (author.kind === "guest") expect(rendered.links).toBeLessThanOrEqual(limits.linksHeld);
    }
  });
});

describe("a fault is refused and named", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "seed-"));
    cpSync(seedFolder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const clocks = "articles/why-do-clocks-go-clockwise";
  const sky = "articles/why-is-the-night-sky-dark";
  test.each([
    ["a file that is missing", "people.yaml", null, "", "people.yaml: cannot be read"],
    ["YAML that is not", "topics.yaml", "- slug: history", "- [slug: history", "topics.yaml: is not YAML"],
    ["an unknown key", "people.yaml", "bio: |-", "boi: |-", "Unrecognized key"],
    ["a handle that no member may have", "people.yaml", "handle: kaito", "handle: Kai-To", "people.yaml: 3.handle"],
    ["no front matter", `${clocks}.md`, "---\ntitle:", "title:", "does not begin with front matter"],
    ["a title too long", `${clocks}.md`, "Why do clocks", "x".repeat(201), "title: is longer than 200 characters"],
    ["an author nobody knows", `${clocks}.md`, "writtenBy: [kaito]", "writtenBy: [nobody]", 'nobody called "nobody"'],
    ["an editor of their own text", `${clocks}.md`, "editedBy: [mireille]", "editedBy: [kaito]", "kaito cannot both"],
    ["a topic nobody knows", `${clocks}.md`, "topics: [machines-and-numbers", "topics: [nothing", 'no topic "nothing"'],
    ["an answer to what is gone", `${sky}.comments.yaml`, "minutesAfter: 10395", "minutesAfter: 10100", "that is gone"],
    ["a removal by no moderator", `${sky}.comments.yaml`, "by: desmond", "by: tomasz", "who is no moderator"],
    ["an earlier text that cannot be made", `${clocks}.md`, "hangs on a south wall", "hangs", "found 0 times"],
    [
      "a comment from the future",
      `${clocks}.comments.yaml`,
      "minutesAfter: 5262",
      "minutesAfter: 9999",
      "is in the future",
    ],
    [
      "an answer before the question",
      `${clocks}.comments.yaml`,
      "minutesAfter: 330",
      "minutesAfter: 3",
      "answers before",
    ],
    [
      "an empty comment",
      `${clocks}.comments.yaml`,
      "body: I do not run in any direction.",
      'body: " "',
      "comment.empty",
    ],
    ["a guest under two names", `${clocks}.comments.yaml`, "name: Gnomon", "name: Gnocchi", 'gives the guest "gnomon"'],
    [
      "a revision nobody made",
      `${clocks}.comments.yaml`,
      "resolvedByRevision: 2",
      "resolvedByRevision: 3",
      "does not exist",
    ],
  ])("%s", (_what, file, was, now, message) => {
    const target = path.join(folder, file);
    if (was === null) rmSync(target);
    else {
      const text = readFileSync(target, "utf8");
      expect(text).toContain(was);
      writeFileSync(target, text.replace(was, now));
    }
    expect(() => readSeedContent(folder)).toThrow(message);
  });
});
