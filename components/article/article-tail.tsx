// What follows the text: what was corrected, who links here, where to read on.
import type { ReactNode } from "react";
import { Day } from "@/components/ui/day";
import type { ArticleView } from "@/lib/domain/article";

const classNames = { UPDATE: "Update", CORRECTION: "Correction" } as const;

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="tail-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

export function ArticleTail({ article }: { article: ArticleView }) {
  const { corrections, related, pingbacks } = article;
  if (corrections.length + related.length + pingbacks.length === 0) return null;
  return (
    <footer className="article-tail">
      {corrections.length > 0 && (
        <Part id="corrections" title="Corrections">
          <ol className="plain-list">
            {corrections.map((correction) => (
              <li key={correction.revision}>
                <span className="house">
                  <a href={`/articles/${article.slug}/revisions/${correction.revision}`}>
                    {classNames[correction.class]}
                  </a>
                  , <Day date={correction.publishedAt} />
                </span>{" "}
                <bdi>{correction.note}</bdi>
              </li>
            ))}
          </ol>
        </Part>
      )}
      {related.length > 0 && (
        <Part id="related" title="Read on">
          <ul className="plain-list">
            {related.map((other) => (
              <li key={other.slug}>
                <a href={`/articles/${other.slug}`} dir="auto">
                  {other.title}
                </a>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {pingbacks.length > 0 && (
        <Part id="pingbacks" title="Mentioned elsewhere">
          <ul className="plain-list">
            {pingbacks.map((ping) => (
              <li key={ping.url}>
                <a href={ping.url} rel="nofollow ugc noopener noreferrer" dir="auto">
                  {ping.title}
                </a>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </footer>
  );
}
