// Two texts side by side, away from the thread that answers (F20): as readers saw them, their sources, or word by word.
import { DomainError } from "@/lib/domain/errors";
import type { TextComparison } from "@/lib/domain/revision";
import type { Piece } from "@/lib/text/diff";
import {
  compareRendered,
  compareSources,
  compareWords,
  type RenderedAnswer,
  type SourceAnswer,
} from "@/lib/text/difference-pool";
import type { SafeHtml } from "@/lib/text/safe-html";

export interface ComparableText {
  body: string;
  html: SafeHtml;
}

/** What changed from one text to another, in the way that is asked for. @throws DomainError `unavailable` when too many wait already */
export async function compareTexts(
  { before, now }: { before: ComparableText; now: ComparableText },
  view: TextComparison["view"],
): Promise<TextComparison> {
  const answer = await unlessBusy<SourceAnswer | RenderedAnswer>(
    view === "source" ? compareSources(before.body, now.body) : compareRendered(before.html, now.html),
  );
  if (answer.kind === "too_different") return { view, tooDifferent: true, passing: answer.passing };
  return answer.kind === "source"
    ? { view: "source", lines: answer.lines }
    : { view: "rendered", difference: answer.difference };
}

/** What changed in a Markdown text, word by word. @throws DomainError `unavailable` when too many wait already */
export function compareMarkdown(before: string, now: string): Promise<Piece[]> {
  return unlessBusy(compareWords(before, now));
}

function unlessBusy<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof Error && error.name === "WorkersBusy") throw new DomainError("unavailable", { retryAfter: 2 });
    throw error;
  });
}
