// Lists of articles: a line for each, and the one that leads the front page.
import { titleClass } from "@/components/article/title-class";
import { Day } from "@/components/ui/day";
import { People } from "@/components/ui/people";
import type { ArticleSummary } from "@/lib/domain/article";
import { countOf } from "@/lib/ui/labels";
import { readingTime } from "@/lib/ui/reading-time";

function Byline({ article }: { article: ArticleSummary }) {
  const reading = readingTime(article.words);
  return (
    <p className="house">
      {article.writtenBy.length > 0 && (
        <>
          by <People people={article.writtenBy} />,{" "}
        </>
      )}
      <Day date={article.publishedAt} />
      {reading && `\u00a0· ${reading}`}
      {article.commentCount > 0 && (
        <>
          {"\u00a0"}· <a href={`/articles/${article.slug}#discussion`}>{countOf(article.commentCount, "comment")}</a>
        </>
      )}
    </p>
  );
}

/** The article that opens the front page. */
export function LeadArticle({ article }: { article: ArticleSummary }) {
  return (
    <article className="lead">
      <h2 className={titleClass(article.title)}>
        <a href={`/articles/${article.slug}`} dir="auto">
          {article.title}
        </a>
      </h2>
      {article.summary && (
        <p className="standfirst" dir="auto">
          {article.summary}
        </p>
      )}
      <Byline article={article} />
    </article>
  );
}

/** @param level of the titles' headings: one below the heading that names the list */
export function ArticleList({ articles, level = 2 }: { articles: readonly ArticleSummary[]; level?: 2 | 3 }) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <ol className="article-list plain-list">
      {articles.map((article) => (
        <li key={article.slug}>
          <article>
            <Heading>
              <a href={`/articles/${article.slug}`} dir="auto">
                {article.title}
              </a>
            </Heading>
            {article.summary && <p dir="auto">{article.summary}</p>}
            <Byline article={article} />
          </article>
        </li>
      ))}
    </ol>
  );
}
