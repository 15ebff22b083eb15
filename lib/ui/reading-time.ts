// How long an article takes, in words.
import { readingMinutes } from "@/lib/text/words";

/** "4 min read", kept on one line; empty for an article without words. */
export function readingTime(words: number): string {
  const minutes = readingMinutes(words);
  return minutes === 0 ? "" : `${minutes}\u00a0min\u00a0read`;
}
