// The first net (R57): Markdown with raw HTML off, and our rules around it, in the order in which they must run.
import createMarkdownIt, { type MarkdownIt } from "markdown-it";
import definitionLists from "markdown-it-deflist";
import { linkTarget, longestAddress } from "@/lib/text/link-target";
import { code } from "@/lib/text/markdown-code";
import { direction } from "@/lib/text/markdown-direction";
import { figures } from "@/lib/text/markdown-figures";
import { footnotes } from "@/lib/text/markdown-footnotes";
import { headings } from "@/lib/text/markdown-headings";
import { limitMarkup, parserNesting } from "@/lib/text/markdown-limits";
import { links } from "@/lib/text/markdown-links";
import { subAndSuperscript } from "@/lib/text/markdown-scripts";
import { tables } from "@/lib/text/markdown-tables";
import type { RenderOptions } from "@/lib/text/rendered";

const parsers = new Map<string, MarkdownIt>();

/** The parser of a dialect; made once, since making one costs more than rendering a comment. */
export function markdownParser(options: RenderOptions): MarkdownIt {
  const key = `${options.dialect} ${options.ownOrigin}`;
  const parser = parsers.get(key) ?? makeParser(options);
  parsers.set(key, parser);
  return parser;
}

function makeParser(options: RenderOptions): MarkdownIt {
  const inComments = options.dialect === "comment";
  // In a comment a new line is meant as one; an article's source may be wrapped.
  const md = createMarkdownIt({
    html: false,
    linkify: true,
    typographer: false,
    breaks: inComments,
    maxNesting: parserNesting,
  });
  // What leads nowhere we allow stays as it was typed, so that a reader still sees the address ("[here](example.org/a)").
  // Data and endless addresses are let through to `links`, which leaves their words alone: nobody wants to read the rest,
  // and the parser, told no, would look for an address again at every colon inside.
  md.validateLink = (address) =>
    address.length > longestAddress || /^\s*data:/i.test(address) || linkTarget(address, options.ownOrigin) !== null;
  // Addresses stay as written until `links` judges them: one judge, and what is shown is what was typed.
  md.normalizeLink = (address) => address;
  md.normalizeLinkText = (text) => text;
  findAddresses(md);
  if (!inComments) {
    md.use(definitionLists);
    footnotes(md);
    subAndSuperscript(md);
  }
  limitMarkup(md, options.dialect);
  code(md);
  tables(md);
  direction(md);
  headings(md, options.dialect);
  links(md, options);
  if (!inComments) figures(md);
  return md;
}

/** Bare addresses become links when they begin with http://, https:// or www.; not "README.md", not mail addresses. */
function findAddresses(md: MarkdownIt): void {
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  for (const scheme of ["ftp:", "//", "mailto:"]) md.linkify.add(scheme, null);
  md.linkify.add("www.", {
    validate: (text, position, self) => {
      const rest = self.re.get_relative_proto_validator();
      rest.lastIndex = position;
      return rest.exec(text)?.[0].length ?? 0;
    },
  });
}
