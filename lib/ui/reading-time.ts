// How long an article takes, in words.
import { readingMinutes } from "@/lib/text/words";

/** "4 min read"; empty for an article without words. */
export function readingTime(words: number): string {
  const minutes = readingMinutes(words);
  return minutes === 0 ? "" : `${minutes} min read`;
}
