// The texts of a generated site: Markdown, with the HTML that the product's own renderer makes of it. Rendering half a million texts
// would take longer than anything else, so they are put together from pieces that were rendered once.
import { type Random, randomOf } from "@/bench/site/random";
import { sentenceMaker, titleOf } from "@/bench/site/sentences";
import { type Heading, renderMarkdown } from "@/lib/text/markdown";
import type { Dialect } from "@/lib/text/rendered";

export interface Text {
  body: string;
  html: string;
  words: number;
}

export interface ArticleText extends Text {
  title: string;
  summary: string;
  headings: Heading[];
}

/** Everything that is said on one generated site. */
export interface Texts {
  /** An opening of about 150 words and as many under each heading. */
  article(random: Random, sections: number): ArticleText;
  /** What is said in one discussion: each call gives the next comment, of 20 to 120 words. */
  speaker(random: Random): () => Text;
}

/** Prime, so that any step walks through all of them before one comes again: no two comments of a page say the same. */
const sentenceCount = 5_003;
/** Prime for the same reason. */
const sectionCount = 211;
const wordsPerSection = 150;
const sentencesPerParagraph = 4;

const ownOrigin = "https://talk.example.org";

export function createTexts(seed: number): Texts {
  const random = randomOf(seed, 1);
  const make = sentenceMaker();
  const sentences = Array.from({ length: sentenceCount }, () => inline(make(random)));
  const openings = Array.from({ length: sectionCount }, () => section(paragraphs(make, random)));
  const sections = Array.from({ length: sectionCount }, () =>
    section(`## ${titleOf(make(random))}\n\n${paragraphs(make, random)}`),
  );
  return {
    article: (own, count) => {
      const said = walk(sentences, own);
      const next = walk(sections, own);
      const parts = [walk(openings, own)(), ...Array.from({ length: count }, next)];
      return {
        title: titleOf(said().body),
        summary: `${titleOf(said().body)}. ${titleOf(said().body)}.`,
        body: parts.map(({ body }) => body).join("\n\n"),
        html: parts.map(({ html }) => html).join(""),
        words: parts.reduce((sum, { words }) => sum + words, 0),
        headings: parts.flatMap(({ headings }) => headings),
      };
    },
    speaker: (own) => {
      const next = walk(sentences, own);
      return () => comment(next, own.between(20, 105));
    },
  };
}

/** Goes through all pieces in steps of its own, from a place of its own. */
function walk<T>(pieces: readonly T[], random: Random): () => T {
  const step = random.between(1, pieces.length - 1);
  let at = random.between(0, pieces.length - 1);
  return () => {
    at = (at + step) % pieces.length;
    const piece = pieces[at];
    if (piece === undefined) throw new Error("There are no pieces to walk through.");
    return piece;
  };
}

function render(body: string, dialect: Dialect) {
  return renderMarkdown(body, { dialect, ownOrigin });
}

/** A sentence that stands in a paragraph of a comment. */
function inline(body: string): Text {
  const { html, words } = render(body, "comment");
  return { body, html: html.slice("<p>".length, -"</p>\n".length), words };
}

function section(body: string): Text & { headings: Heading[] } {
  const { html, words, headings } = render(body, "article");
  return { body, html, words, headings };
}

function paragraphs(make: (random: Random) => string, random: Random): string {
  const written: string[] = [];
  for (let words = 0; words < wordsPerSection; ) {
    const paragraph = Array.from({ length: sentencesPerParagraph }, () => make(random)).join(" ");
    words += paragraph.split(" ").length;
    written.push(paragraph);
  }
  return written.join("\n\n");
}

/** Of at least so many words, and at most a sentence more. */
function comment(next: () => Text, least: number): Text {
  const said: Text[] = [];
  let words = 0;
  while (words < least) {
    const sentence = next();
    said.push(sentence);
    words += sentence.words;
  }
  const parts: Text[][] = [];
  for (let at = 0; at < said.length; at += sentencesPerParagraph)
    parts.push(said.slice(at, at + sentencesPerParagraph));
  return {
    body: parts.map((part) => part.map(({ body }) => body).join(" ")).join("\n\n"),
    html: parts.map((part) => `<p>${part.map(({ html }) => html).join(" ")}</p>\n`).join(""),
    words,
  };
}
