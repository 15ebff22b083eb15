// The table of contents: folded on a phone, open in the margin where there is room.
import type { ArticleView } from "@/lib/domain/article";

export function Contents({ headings }: { headings: ArticleView["contents"] }) {
  if (headings.length === 0) return null;
  const top = Math.min(...headings.map((heading) => heading.level));
  return (
    <nav className="contents-list" aria-label="Contents">
      <p aria-hidden="true">Contents</p>
      <details>
        <summary>Contents</summary>
        <ol>
          {headings.map((heading) => (
            <li key={heading.id} className={heading.level > top ? "deeper" : undefined}>
              <a href={`#${heading.id}`} dir="auto">
                {heading.text}
              </a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}
