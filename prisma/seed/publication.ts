// What the first-run content is once it is read: a small publication, its people and what they said.
import type { PeopleFile, SeedRevisionClass, TopicsFile } from "./shapes";

export type SeedPerson = PeopleFile[number];
export type SeedTopic = TopicsFile[number];

export type SeedAuthor =
  | { kind: "member"; handle: string }
  /** The same `person` is the same visitor, on every article; `name` is null for an automatic pseudonym. */
  | { kind: "guest"; person: string; name: string | null };

/** All minutes are counted from the article's first publication. */
export interface SeedComment {
  author: SeedAuthor;
  /** 0 for top-level. */
  depth: number;
  minutesAfter: number;
  /** Markdown. Of a deleted or removed comment: what it said before. */
  body: string;
  edited: { minutesAfter: number; was: string } | null;
  deleted: { minutesAfter: number } | null;
  removed: { minutesAfter: number; by: string; reason: string } | null;
  resolvedByRevision: number | null;
  replies: SeedComment[];
}

export interface SeedRevision {
  /** From 1. */
  number: number;
  publishedDaysAgo: number;
  /** Markdown, the whole text. */
  body: string;
  /** Null for the first. */
  class: SeedRevisionClass | null;
  note: string;
  editedBy: string[];
}

export interface SeedArticle {
  slug: string;
  title: string;
  summary: string;
  topics: string[];
  writtenBy: string[];
  editedBy: string[];
  publishedDaysAgo: number;
  /** When an update or correction last moved the text; otherwise when it was published. */
  modifiedDaysAgo: number;
  copyrightHolder: string;
  licence: string;
  /** Oldest first; the last one is what readers see. */
  revisions: SeedRevision[];
  /** Top-level comments in the order of the file. */
  comments: SeedComment[];
}

export interface SeedContent {
  people: SeedPerson[];
  topics: SeedTopic[];
  /** Oldest first. */
  articles: SeedArticle[];
}
