// The article page: title, details, contents, text, what follows it, and under it the discussion.
import type { ReactNode } from "react";
import { ArticleDetailsBox } from "@/components/article/article-details";
import { ArticleHead } from "@/components/article/article-head";
import { ArticleTail } from "@/components/article/article-tail";
import { Contents } from "@/components/article/contents";
import { Html } from "@/components/ui/safe-html";
import type { ArticleView } from "@/lib/domain/article";

interface ArticlePageProps {
  article: ArticleView;
  commentCount: number;
  /** The discussion. */
  children: ReactNode;
}

export function ArticlePage({ article, commentCount, children }: ArticlePageProps) {
  return (
    <main id="main">
      <article className="article" aria-labelledby="title">
        <ArticleHead article={article} commentCount={commentCount} />
        <div className="article-rail">
          <ArticleDetailsBox article={article} />
          <Contents headings={article.contents} />
        </div>
        <Html className="article-text prose" html={article.html} />
        <ArticleTail article={article} />
      </article>
      {children}
    </main>
  );
}
