// The page of all topics, and the page of one.
import { ArticleList } from "@/components/article/article-list";
import { TopicList } from "@/components/article/topic-list";
import { Older } from "@/components/ui/older";
import type { ArticleSummary, Page } from "@/lib/domain/article";
import type { TopicSummary } from "@/lib/domain/topic";
import { countOf } from "@/lib/ui/labels";

export function TopicsPage({ topics }: { topics: readonly TopicSummary[] }) {
  return (
    <main id="main" className="listing">
      <header className="listing-head">
        <h1>Topics</h1>
      </header>
      {topics.length > 0 ? (
        <TopicList topics={topics} described />
      ) : (
        <p>There are none yet. They come with the first articles.</p>
      )}
    </main>
  );
}

export function TopicPage({ topic, articles }: { topic: TopicSummary; articles: Page<ArticleSummary> }) {
  return (
    <main id="main" className="listing">
      <header className="listing-head">
        <p className="house">
          <a href="/topics">Topics</a>
        </p>
        <h1 dir="auto">{topic.name}</h1>
        {topic.description && (
          <p className="standfirst" dir="auto">
            {topic.description}
          </p>
        )}
        <p className="house">
          {countOf(topic.articleCount, "article")} · <a href={`/topics/${topic.slug}/feed.xml`}>Atom feed</a>
        </p>
      </header>
      <ArticleList articles={articles.items} />
      {articles.older && (
        <Older href={`/topics/${topic.slug}?before=${encodeURIComponent(articles.older)}`} label="Older articles" />
      )}
    </main>
  );
}
