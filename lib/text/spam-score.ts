// A statistical filter for spam: the tokens of a text, and what their history in good and bad texts says of it. Gary Robinson's method
// ("A Statistical Approach to the Spam Problem", Linux Journal 107, 2003) with Fisher's way of combining, as SpamBayes uses it.
import { hostsOfHtml, textOfHtml } from "@/lib/text/html-text";
import { isMostlyLatin, lookOf, lowered, readable, unmarked, wordsIn } from "@/lib/text/word-readings";

/** In how many texts judged so a token stood. */
export interface TokenCount {
  token: string;
  spam: number;
  ham: number;
}

/** The token that every text has: its counts are how many texts were learnt. No word is empty. */
export const everyText = "";

/** Distinct tokens taken of one text: more say nothing new, and a query must stay small. */
const mostTokens = 300;

const longestToken = 40;

/** The tokens of rendered HTML: its words, folded; the hosts it links to; whether it links a little or much. Each once. */
export function spamTokens(html: string): string[] {
  const text = readable(textOfHtml(html));
  const amidLatin = isMostlyLatin(text);
  const tokens = new Set([everyText]);
  const hosts = hostsOfHtml(html);
  for (const host of hosts) tokens.add(`host:${host}`.slice(0, longestToken));
  if (hosts.length > 0) tokens.add(hosts.length > 2 ? "links:many" : "links:few");
  for (const { word } of wordsIn(text)) {
    if (tokens.size >= mostTokens) break;
    const look = lookOf(word, amidLatin);
    // A disguise is a sign of its own, beside the word that is meant.
    if (look !== undefined) tokens.add("disguised");
    const folded = look ?? unmarked(lowered(word, ""), "");
    if (folded.length > 1) tokens.add((look === undefined ? folded : `look:${folded}`).slice(0, longestToken));
  }
  return [...tokens];
}

/** SpamBayes' values: how strongly a token that is hardly known is taken for neutral, and how far from neutral one must be to count. */
const strengthOfDoubt = 0.45;
const neutral = 0.5;
const leastDeviation = 0.1;

/** So many tokens decide, the most telling ones. */
const tellingTokens = 150;

/** Fewer texts of either kind teach nothing yet. */
export const learntEnough = 20;

/**
 * How likely a text with these tokens is spam, from 0 to 1, about 0.5 when nothing speaks either way; null until enough was learnt.
 * @param counts those tokens of the text that are known, `everyText` among them
 */
export function spamScore(counts: readonly TokenCount[]): number | null {
  const all = counts.find(({ token }) => token === everyText);
  if (!all || all.spam < learntEnough || all.ham < learntEnough) return null;
  const telling = counts
    .filter(({ token }) => token !== everyText)
    .map((count) => probability(count, all))
    .filter((chance) => Math.abs(chance - neutral) >= leastDeviation)
    .sort((one, other) => Math.abs(other - neutral) - Math.abs(one - neutral))
    .slice(0, tellingTokens);
  if (telling.length === 0) return neutral;
  const sum = (of: (chance: number) => number) => telling.reduce((total, chance) => total + Math.log(of(chance)), 0);
  const spamminess = 1 - chiSquareTail(-2 * sum((chance) => 1 - chance), telling.length);
  const hamminess = 1 - chiSquareTail(-2 * sum((chance) => chance), telling.length);
  return (spamminess - hamminess + 1) / 2;
}

/** Robinson's f(w): the share of spam among the texts with the token, drawn towards neutral while it is hardly known. */
function probability({ spam, ham }: TokenCount, all: TokenCount): number {
  const inSpam = spam / all.spam;
  const inHam = ham / all.ham;
  if (inSpam + inHam === 0) return neutral;
  const seen = spam + ham;
  return (strengthOfDoubt * neutral + seen * (inSpam / (inSpam + inHam))) / (strengthOfDoubt + seen);
}

/** The chance that chi-square with 2n degrees of freedom is at least `x`: a finite sum for even degrees. */
function chiSquareTail(x: number, n: number): number {
  const half = x / 2;
  let term = Math.exp(-half);
  let sum = term;
  for (let step = 1; step < n; step++) {
    term *= half / step;
    sum += term;
  }
  return Math.min(1, sum);
}
