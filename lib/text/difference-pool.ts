// Comparing away from the thread that answers requests (F20), and once: what was told of two texts is kept for whoever asks next.
import { createHash } from "node:crypto";
import { once } from "@/lib/once";
import type { Piece } from "@/lib/text/diff";
import type { RenderedDifference } from "@/lib/text/rendered-difference";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { SourceLine } from "@/lib/text/source-difference";
import { projectFolder, type Trade, WorkerPool } from "@/lib/text/worker-pool";

export type DifferenceOrder =
  | { kind: "rendered"; before: SafeHtml; now: SafeHtml }
  | { kind: "source" | "words"; before: string; now: string };

/** Nobody could read what changed, because nearly everything did. */
export interface TooDifferent {
  kind: "too_different";
  /** The time was up or the worker died: asked again, it may well be told, so it is not for keeping. */
  passing: boolean;
}

export type RenderedAnswer = { kind: "rendered"; difference: RenderedDifference } | TooDifferent;
export type SourceAnswer = { kind: "source"; lines: SourceLine[] } | TooDifferent;
export type DifferenceAnswer = RenderedAnswer | SourceAnswer | { kind: "words"; pieces: Piece[] };

/**
 * Milliseconds of one processor. The bound that counts is one of steps (`difference/edit-script`) and stays below 200 of them, and
 * gives the same answer every time; this one ends a thread that does not come back.
 */
const budgetMs = 1_000;

/** Characters of the compared texts whose differences are kept: some dozens of long articles, in about 20 MB. */
const keptCharacters = 4_000_000;

const comparing: Trade<DifferenceOrder, DifferenceAnswer> = {
  worker: "difference-worker",
  // What is asked for often is kept, and stored with its page.
  threads: 1,
  // Twice what two unlike texts of 100,000 characters need.
  memoryMiB: 128,
  budgetMs: () => budgetMs,
  instead: () => ({ kind: "too_different", passing: true }),
  without: "Texts are not compared",
};

/** Exported for tests that break a pool of their own; everybody else calls the functions below. */
export class DifferencePool {
  private readonly pool: WorkerPool<DifferenceOrder, DifferenceAnswer>;
  /** By what was asked, longest unused first. */
  private readonly kept = new Map<string, { answer: Promise<DifferenceAnswer>; characters: number }>();
  private characters = 0;

  constructor(root: string) {
    this.pool = new WorkerPool(root, comparing);
  }

  /**
   * What was told of the same two texts, or is being told, or is told now. By the texts themselves, which cost less to look at than
   * to keep in step with: a text is rendered anew, a draft is saved.
   * @throws WorkersBusy when too many wait already
   */
  ask(order: DifferenceOrder): Promise<DifferenceAnswer> {
    const key = createHash("sha256")
      .update(`${order.kind} ${order.before.length} `)
      .update(order.before)
      .update(order.now)
      .digest("base64");
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.answer;
    }
    const answer = this.pool.ask(order);
    this.keep(key, { answer, characters: order.before.length + order.now.length });
    answer.then(
      (told) => told.kind === "too_different" && told.passing && this.forget(key),
      () => this.forget(key),
    );
    return answer;
  }

  private keep(key: string, entry: { answer: Promise<DifferenceAnswer>; characters: number }): void {
    this.kept.set(key, entry);
    this.characters += entry.characters;
    for (const oldest of this.kept.keys()) {
      if (this.characters <= keptCharacters) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.characters -= this.kept.get(key)?.characters ?? 0;
    this.kept.delete(key);
  }
}

function ask(order: DifferenceOrder): Promise<DifferenceAnswer> {
  return once("difference-pool", () => new DifferencePool(projectFolder())).ask(order);
}

const unheard = { kind: "too_different", passing: true } as const;

/** As `renderedDifference`, with long stretches that stayed as they were folded. @throws WorkersBusy */
export async function compareRendered(before: SafeHtml, now: SafeHtml): Promise<RenderedAnswer> {
  const answer = await ask({ kind: "rendered", before, now });
  return answer.kind === "rendered" || answer.kind === "too_different" ? answer : unheard;
}

/** As `sourceDifference`. @throws WorkersBusy */
export async function compareSources(before: string, now: string): Promise<SourceAnswer> {
  const answer = await ask({ kind: "source", before, now });
  return answer.kind === "source" || answer.kind === "too_different" ? answer : unheard;
}

/** As `wordDifference`; what is too different comes back as the whole old and the whole new text. @throws WorkersBusy */
export async function compareWords(before: string, now: string): Promise<Piece[]> {
  const answer = await ask({ kind: "words", before, now });
  if (answer.kind === "words") return answer.pieces;
  return [
    { kind: "removed", text: before },
    { kind: "added", text: now },
  ];
}
