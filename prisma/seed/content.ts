// Reads the first-run content, the small publication that an empty database begins with, from the files beside this one.
// Reading only: who puts it into the database is not decided here.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse as parseYaml } from "yaml";
import type { z } from "zod";
import { slugSchema } from "@/lib/domain/article";
import { checkContent } from "./consistency";
import type { SeedArticle, SeedComment, SeedContent, SeedRevision } from "./publication";
import { articleBody, type CommentInFile, commentsFile, frontMatter, peopleFile, topicsFile } from "./shapes";

/** Names the file and what is wrong in it. */
export class SeedContentError extends Error {
  override readonly name = "SeedContentError";
  constructor(file: string, problem: string) {
    super(`First-run content, ${file}: ${problem}`);
  }
}

const ownFolder = path.dirname(fileURLToPath(import.meta.url));

/** Everything in `folder` (the one beside this file), checked; throws `SeedContentError` at the first fault. */
export function readSeedContent(folder: string = ownFolder): SeedContent {
  const people = parseAs(peopleFile, readYaml(folder, "people.yaml"), "people.yaml");
  const topics = parseAs(topicsFile, readYaml(folder, "topics.yaml"), "topics.yaml");
  const articles = readdirSync(path.join(folder, "articles"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => readArticle(folder, name.slice(0, -".md".length)))
    .sort((a, b) => b.publishedDaysAgo - a.publishedDaysAgo);
  const content = { people, topics, articles };
  const problem = checkContent(content);
  if (problem) throw new SeedContentError(problem.file, problem.text);
  return content;
}

function readArticle(folder: string, slug: string): SeedArticle {
  const file = `articles/${slug}.md`;
  if (!slugSchema.safeParse(slug).success) throw new SeedContentError(file, "the file's name is not a slug");
  const parts = /^---\n(.*?\n)---\n(.*)$/s.exec(readText(folder, file));
  if (!parts) throw new SeedContentError(file, "does not begin with front matter between two lines of ---");
  const { revision, ...head } = parseAs(frontMatter, parseYamlText(parts[1] ?? "", file), file);
  const body = parseAs(articleBody, parts[2], file);
  const first: SeedRevision = {
    number: 1,
    publishedDaysAgo: head.publishedDaysAgo,
    body: revision ? undo(body, revision.changes, file) : body,
    class: null,
    note: "",
    editedBy: head.editedBy,
  };
  const later: SeedRevision[] = revision
    ? [{ ...revision, number: 2, body }].map(({ changes: _, ...kept }) => kept)
    : [];
  const moved = later.find(({ class: kind }) => kind === "UPDATE" || kind === "CORRECTION") ?? first;
  return {
    ...head,
    slug,
    modifiedDaysAgo: moved.publishedDaysAgo,
    revisions: [first, ...later],
    comments: readComments(folder, slug),
  };
}

/** The earlier text: every `now` must stand in `body` exactly once. */
function undo(body: string, changes: { was: string; now: string }[], file: string): string {
  return changes.reduce((text, { was, now }) => {
    const pieces = text.split(now);
    if (pieces.length !== 2)
      throw new SeedContentError(file, `expected once, found ${pieces.length - 1} times: "${now.slice(0, 60)}"`);
    return pieces.join(was);
  }, body);
}

function readComments(folder: string, slug: string): SeedComment[] {
  const file = `articles/${slug}.comments.yaml`;
  if (!existsSync(path.join(folder, file))) return [];
  let strangers = 0;
  const stranger = () => `${slug}-stranger-${++strangers}`;
  const shape = (comment: CommentInFile, depth: number): SeedComment => ({
    author:
      "member" in comment.author
        ? { kind: "member", handle: comment.author.member }
        : { kind: "guest", person: comment.author.person ?? stranger(), name: comment.author.name ?? null },
    depth,
    minutesAfter: comment.minutesAfter,
    body: comment.body,
    edited: comment.edited ?? null,
    deleted: comment.deleted ?? null,
    removed: comment.removed ?? null,
    resolvedByRevision: comment.resolvedByRevision ?? null,
    replies: (comment.replies ?? []).map((reply) => shape(reply, depth + 1)),
  });
  return parseAs(commentsFile, readYaml(folder, file), file).map((comment) => shape(comment, 0));
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(path.join(folder, file), "utf8");
  } catch {
    throw new SeedContentError(file, "cannot be read");
  }
}

function readYaml(folder: string, file: string): unknown {
  return parseYamlText(readText(folder, file), file);
}

function parseYamlText(text: string, file: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new SeedContentError(file, `is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseAs<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "));
  throw new SeedContentError(file, problems.join("; "));
}
