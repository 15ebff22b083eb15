// The title and what leads into the text.
import { Fragment } from "react";
import { titleClass } from "@/components/article/title-class";
import type { ArticleView, TopicLink } from "@/lib/domain/article";
import { countOf } from "@/lib/ui/labels";
import { readingTime } from "@/lib/ui/reading-time";

export function TopicLinks({ topics }: { topics: readonly TopicLink[] }) {
  return topics.map((topic, index) => (
    <Fragment key={topic.slug}>
      {index > 0 && ", "}
      <a href={`/topics/${topic.slug}`}>
        <bdi>{topic.name}</bdi>
      </a>
    </Fragment>
  ));
}

export function ArticleHead({ article, commentCount }: { article: ArticleView; commentCount: number }) {
  const reading = readingTime(article.words);
  return (
    <header className="article-head">
      {article.topics.length > 0 && (
        <p className="house">
          <span className="visually-hidden">Topics: </span>
          <TopicLinks topics={article.topics} />
        </p>
      )}
      <h1 id="title" className={titleClass(article.title)} dir="auto">
        {article.title}
      </h1>
      {article.summary && (
        <p className="standfirst" dir="auto">
          {article.summary}
        </p>
      )}
      <p className="house">
        {reading && <>{reading} · </>}
        <a href="#discussion" data-count={commentCount}>
          {commentCount === 0 ? "No comments yet" : countOf(commentCount, "comment")}
        </a>
      </p>
    </header>
  );
}
