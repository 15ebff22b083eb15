// Discussions that are going on, each with the last thing said.
import type { LivelyThread } from "@/lib/domain/article";
import { countOf } from "@/lib/ui/labels";

export function Lively({ threads }: { threads: readonly LivelyThread[] }) {
  return (
    <ol className="lively plain-list">
      {threads.map((thread) => (
        <li key={thread.slug}>
          <h3>
            <a href={`/articles/${thread.slug}#discussion`} dir="auto">
              {thread.title}
            </a>
          </h3>
          {/* The name stands apart, so that what was said decides which way the line runs. */}
          <p className="said" dir="auto">
            <bdi>
              <a className="speaker" href={`/comments/${thread.lastComment.id}`}>
                {thread.lastComment.authorName}
              </a>
            </bdi>{" "}
            {thread.lastComment.excerpt}
          </p>
          <p className="house">{countOf(thread.commentCount, "comment")}</p>
        </li>
      ))}
    </ol>
  );
}
