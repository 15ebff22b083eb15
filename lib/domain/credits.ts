// Who is named on an article, from what each has given to its text. The rule and its reasons: docs/decisions/0024.
import { limits } from "@/lib/domain/limits";
import type { AttributionRun } from "@/lib/text/attribution";

/** Somebody with an account here, or a name that the article was brought in with. */
export interface Credited {
  userId: number | null;
  name: string | null;
}

export interface Credits {
  written: Credited[];
  edited: Credited[];
}

/** Surviving words by who wrote them. */
export interface SurvivingWords {
  byUser: ReadonlyMap<number, number>;
  /** Words from before anybody counted. */
  unknown: number;
}

/**
 * What is left of whom in a text.
 * @param runs who wrote it, in its order; none at all: the whole text is of unknown hand
 * @param words how many words it has
 */
export function survivingWords(runs: readonly AttributionRun[], words: number): SurvivingWords {
  if (runs.length === 0) return { byUser: new Map(), unknown: words };
  const byUser = new Map<number, number>();
  let unknown = 0;
  for (const [author, count] of runs) {
    if (author === null) unknown += count;
    else byUser.set(author, (byUser.get(author) ?? 0) + count);
  }
  return { byUser, unknown };
}

export interface CreditFacts {
  /** Who is named until now. */
  present: Credits;
  words: SurvivingWords;
  /** Who began the article. */
  begunBy: number | null;
  /** Who began its published texts, the newest among them. */
  authors: readonly number[];
}

const keyOf = ({ userId, name }: Credited) => (userId === null ? `name ${name}` : `user ${userId}`);

/** People in order, each once. */
function each(people: readonly Credited[]): Credited[] {
  return [...new Map(people.map((person) => [keyOf(person), person])).values()];
}

/**
 * Written By: who began the article, whoever wrote a fair share of the words that are left, and, as long as words of unknown hand are left,
 * those who were named as its writers before. Edited By: everybody else who has words in it, began one of its texts, or was named before.
 */
export function computeCredits({ present, words, begunBy, authors }: CreditFacts): Credits {
  // Whom the article names in words of its own stays named so.
  const known = new Map([...present.written, ...present.edited].map((person) => [person.userId, person]));
  const member = (userId: number): Credited => known.get(userId) ?? { userId, name: null };
  const total = words.unknown + [...words.byUser.values()].reduce((sum, count) => sum + count, 0);
  const byWords = [...words.byUser].sort(([, a], [, b]) => b - a);
  const shared = byWords.filter(([, count]) => count >= total * limits.writtenShare).map(([id]) => member(id));
  const written = each([
    ...(begunBy === null ? [] : [member(begunBy)]),
    ...(words.unknown > 0 ? present.written : []),
    ...shared,
  ]);
  const named = new Set(written.map(keyOf));
  const others = each([
    ...present.edited,
    ...present.written,
    ...byWords.map(([id]) => member(id)),
    ...authors.map(member),
  ]);
  return { written, edited: others.filter((person) => !named.has(keyOf(person))) };
}
