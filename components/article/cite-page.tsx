// How to cite one text of an article: a line to copy, and files for programs that keep sources.
import { Day } from "@/components/ui/day";
import { type CitedText, plainCitation } from "@/lib/domain/citation";
import { bibtexCitation, cslCitation, risCitation } from "@/lib/domain/citation-formats";

const formats = [
  { name: "BibTeX", file: "cite.bib", write: bibtexCitation },
  { name: "RIS", file: "cite.ris", write: risCitation },
  { name: "CSL-JSON", file: "cite.json", write: cslCitation },
] as const;

export function CitePage({ text, current }: { text: CitedText; current: boolean }) {
  const address = `/articles/${text.slug}`;
  return (
    <main id="main" className="listing cite">
      <header className="listing-head">
        <p className="house">
          <a href={address} dir="auto">
            {text.title}
          </a>
        </p>
        <h1>Cite this article</h1>
        <p className="house">
          Revision {text.revision} of <Day date={text.publishedAt} long />
          {current ? ", the text that readers see now" : ", not the newest"}. Its address always shows this very text.{" "}
          <a href={`${address}/history`}>Cite another revision</a>
        </p>
      </header>
      <section aria-labelledby="cite-line">
        <h2 id="cite-line" className="section-name">
          As a line of text
        </h2>
        <blockquote className="citation" dir="auto">
          {plainCitation(text)}
        </blockquote>
      </section>
      {formats.map(({ name, file, write }) => (
        <section key={file} aria-labelledby={file}>
          <h2 id={file} className="section-name">
            {name}
          </h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className="citation-source" tabIndex={0}>
            {write(text)}
          </pre>
          <p>
            <a href={`${address}/revisions/${text.revision}/${file}`} rel="nofollow" download>
              Download as {name}
            </a>
          </p>
        </section>
      ))}
    </main>
  );
}
