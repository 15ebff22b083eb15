// The front page. Its first screen is one question and its answer's first lines, since that is what makes one read.
import { ArticleList, LeadArticle } from "@/components/article/article-list";
import { TopicList } from "@/components/article/topic-list";
import { Lively } from "@/components/discussion/lively";
import { SearchForm } from "@/components/search/search-form";
import { Older } from "@/components/ui/older";
import type { FrontView } from "@/lib/domain/article";
import type { TopicSummary } from "@/lib/domain/topic";

interface FrontProps {
  front: FrontView;
  topics: readonly TopicSummary[];
  tagline: string;
  /** A later page of the list: no lead, no discussions. */
  continued: boolean;
}

function Empty() {
  return (
    <main id="main" className="outcome">
      <h1>Nothing has been published yet</h1>
      <p>When the first article is out, it will stand here, and under it what people say about it.</p>
    </main>
  );
}

export function FrontPage({ front, topics, tagline, continued }: FrontProps) {
  const { items, older } = front.newest;
  if (items.length === 0) return <Empty />;
  const lead = continued ? undefined : items[0];
  const rest = lead ? items.slice(1) : items;
  return (
    <main id="main" className="front front-columns">
      <h1 className={continued ? "title" : "visually-hidden"}>{continued ? "Older articles" : tagline}</h1>
      {lead && <LeadArticle article={lead} />}
      {front.lively.length > 0 && (
        <section className="talk" aria-labelledby="talk-heading">
          <h2 id="talk-heading" className="section-name">
            Being discussed
          </h2>
          <Lively threads={front.lively} />
        </section>
      )}
      <section className="newest" aria-labelledby="newest-heading">
        <h2 id="newest-heading" className="section-name">
          {continued ? "Continued" : "Newest articles"}
        </h2>
        <ArticleList articles={rest} level={3} />
        {older && <Older href={`/?before=${encodeURIComponent(older)}`} label="Older articles" />}
      </section>
      <SearchForm />
      {topics.length > 0 && (
        <section className="index" aria-labelledby="topics-heading">
          <h2 id="topics-heading" className="section-name">
            Topics
          </h2>
          <TopicList topics={topics} />
        </section>
      )}
    </main>
  );
}
