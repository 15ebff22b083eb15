// The topics, like the index of a book: a name, a number.
import type { TopicSummary } from "@/lib/domain/topic";

/** @param described with what each topic is about */
export function TopicList({ topics, described = false }: { topics: readonly TopicSummary[]; described?: boolean }) {
  return (
    <ul className={`topic-list plain-list${described ? " described" : ""}`}>
      {topics.map((topic) => (
        <li key={topic.slug}>
          <a href={`/topics/${topic.slug}`} dir="auto">
            {topic.name}
          </a>{" "}
          <span className="house">
            {topic.articleCount}
            <span className="visually-hidden">{topic.articleCount === 1 ? " article" : " articles"}</span>
          </span>
          {described && topic.description && <p dir="auto">{topic.description}</p>}
        </li>
      ))}
    </ul>
  );
}
