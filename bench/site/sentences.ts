// Sentences for generated sites. Words follow one another as they do in the first-run articles, so that the texts look, break and
// compress much as real ones do.
import type { Random } from "@/bench/site/random";
import { readSeedContent } from "@/prisma/seed/content";

/** Makes a sentence of Markdown; one in ten has an emphasis, one in fifty a link. */
export type MakeSentence = (random: Random) => string;

/** The longest word there is in an article of the first-run site would make titles too long; and of the letters of other scripts,
 * which some of them show, an ordinary page has none. */
const longestWord = 20;

/** Every word of the first-run articles, with the words that follow it there. */
function readFollowers(): Map<string, [string, ...string[]]> {
  const followers = new Map<string, [string, ...string[]]>();
  for (const { revisions } of readSeedContent().articles) {
    const all = (revisions.at(-1)?.body ?? "").match(/\p{L}[\p{L}’-]*[,.]?/gu) ?? [];
    const words = all.filter((word) => word.length <= longestWord && /^[\w’,.-]+$/.test(word));
    for (const [index, word] of words.entries()) {
      const next = words[index + 1] ?? "the";
      const known = followers.get(word);
      if (known) known.push(next);
      else followers.set(word, [next]);
    }
  }
  return followers;
}

const shortest = 6;
const longest = 22;

export function sentenceMaker(): MakeSentence {
  const followers = readFollowers();
  const openings = [...followers.keys()].filter((word) => /^\p{Lu}\p{Ll}+$/u.test(word));
  return (random) => {
    const words: string[] = [];
    let word = openings[random.between(0, openings.length - 1)] ?? "The";
    while (words.length < longest) {
      words.push(word.replace(/\.$/, ""));
      if (word.endsWith(".") && words.length >= shortest) break;
      word = random.pick(followers.get(word) ?? ["the"]);
    }
    const last = words.length - 1;
    words[last] = (words[last] ?? "").replace(/,$/, "");
    const at = random.between(1, last);
    const bare = (words[at] ?? "").replace(/,$/, "");
    const chance = random.next();
    if (chance < 0.1) words[at] = `*${bare}*`;
    else if (chance < 0.12) words[at] = `[${bare}](https://example.org/${encodeURIComponent(bare.toLowerCase())})`;
    return `${words.join(" ")}.`;
  };
}

/** A sentence as a title: without marks, links and full stop. */
export function titleOf(sentence: string): string {
  return sentence
    .replace(/\*|\]\([^)]*\)|\[|\.$/g, "")
    .split(" ")
    .slice(0, 10)
    .join(" ");
}
