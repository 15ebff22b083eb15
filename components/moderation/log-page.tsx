// The public moderation log: what was decided, where, why and by whom.
import { Day } from "@/components/ui/day";
import { Older } from "@/components/ui/older";
import { type LogLine, type LogWish, logGroupNames } from "@/lib/domain/public-log";
import { logDeed, logGroupLabels, logReason } from "@/lib/ui/log-words";

/** The address of a part of the log. */
function address({ show, article, before }: LogWish): string {
  const query = new URLSearchParams();
  if (show) query.set("show", show);
  if (article) query.set("article", article);
  if (before !== undefined) query.set("before", String(before));
  return query.size > 0 ? `/moderation-log?${query}` : "/moderation-log";
}

function Filters({ wish }: { wish: LogWish }) {
  return (
    <nav className="log-filters" aria-label="Parts of the log">
      <ul className="plain-list">
        {[undefined, ...logGroupNames].map((show) => (
          <li key={show ?? "all"}>
            <a
              href={address({ show, article: wish.article })}
              aria-current={wish.show === show ? "page" : undefined}
              rel={show ? "nofollow" : undefined}
            >
              {show ? logGroupLabels[show] : "Everything"}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Line({ line }: { line: LogLine }) {
  const { by, article, commentId } = line;
  const reason = logReason(line);
  return (
    <li id={`line-${line.id}`}>
      <p className="house">
        <Day date={line.at} exact />
      </p>
      <p>
        <span className="log-by" dir="auto">
          {by === null ? "The system" : by.handle ? <a href={`/people/${by.handle}`}>{by.name}</a> : by.name}
        </span>{" "}
        {commentId ? <a href={`/comments/${commentId}`}>{logDeed(line)}</a> : logDeed(line)}
        {article && (
          <>
            {" on "}
            <a href={`/articles/${article.slug}`}>
              <bdi>{article.title}</bdi>
            </a>
          </>
        )}
        .
      </p>
      {reason && (
        <p className="log-reason" dir="auto">
          {reason}
        </p>
      )}
    </li>
  );
}

interface LogPageProps {
  lines: readonly LogLine[];
  older: number | null;
  wish: LogWish;
}

export function LogPage({ lines, older, wish }: LogPageProps) {
  const about = lines.find((line) => line.article?.slug === wish.article)?.article;
  return (
    <main id="main" className="listing">
      <header className="listing-head">
        <h1>Moderation log</h1>
        <p className="standfirst">
          Every decision about what can be read here, and why. Texts and people are not shown again; decisions are.
        </p>
        <p className="house">
          <a href="/moderation-log/figures">Figures by year</a> · <a href="/moderation-log.xml">Atom feed</a>
        </p>
      </header>
      <Filters wish={wish} />
      {wish.article && (
        <p className="house-note">
          Only about <bdi>{about?.title ?? "one article"}</bdi>.{" "}
          <a href={address({ show: wish.show })}>Show all articles</a>
        </p>
      )}
      {lines.length > 0 ? (
        <ol className="log-lines plain-list">
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ol>
      ) : (
        <p>Nothing has been decided here yet.</p>
      )}
      {older !== null && <Older href={address({ ...wish, before: older })} label="Older decisions" />}
    </main>
  );
}
