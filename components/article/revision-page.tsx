// One published text of an article, as it was, under its own address.
import { printAddress } from "@/components/article/article-print";
import { titleClass } from "@/components/article/title-class";
import { Day } from "@/components/ui/day";
import { People } from "@/components/ui/people";
import { Html } from "@/components/ui/safe-html";
import type { OneRevision } from "@/lib/domain/revision";
import { countOf } from "@/lib/ui/labels";
import { revisionKind } from "@/lib/ui/revision-labels";

export function RevisionPage({ slug, revision, neighbours: { older, newer } }: OneRevision) {
  const { number } = revision;
  const address = `/articles/${slug}`;
  return (
    <main id="main" className="one-revision">
      <aside className="house-note revision-banner" aria-label="About this revision">
        {revision.current ? (
          <p>
            This is revision {number}, the text that readers see now. <a href={address}>Read it with its discussion.</a>
          </p>
        ) : (
          <p>
            This is revision {number} of <Day date={revision.publishedAt} long />, not the newest.{" "}
            <a href={address}>Read the article as it is now</a>, or see what has changed since in the{" "}
            <a href={`${address}/history`}>history</a>.
          </p>
        )}
        <ul className="plain-list ways-on">
          {older !== null && (
            <li>
              <a href={`${address}/compare/${older}/${number}`} rel="nofollow">
                What changed in it
              </a>
            </li>
          )}
          {newer !== null && (
            <li>
              <a href={`${address}/compare/${number}/${newer}`} rel="nofollow">
                What changed next
              </a>
            </li>
          )}
          <li>
            <a href={`${address}/cite?revision=${number}`} rel="nofollow">
              Cite this revision
            </a>
          </li>
          <li>
            <a href={printAddress({ slug, revision: number, withDiscussion: false })} rel="nofollow">
              Print this revision
            </a>
          </li>
          <li>
            <a href={`${address}/history`}>All revisions</a>
          </li>
        </ul>
      </aside>
      <article aria-labelledby="title">
        <header className="article-head">
          <h1 id="title" className={titleClass(revision.title)} dir="auto">
            {revision.title}
          </h1>
          {revision.summary && (
            <p className="standfirst" dir="auto">
              {revision.summary}
            </p>
          )}
          <p className="house">
            Revision {number}, {revisionKind(revision.class).toLowerCase()},{" "}
            <Day date={revision.publishedAt} long exact />
            {revision.contributors.length > 0 && (
              <>
                {" "}
                by <People people={revision.contributors} />
              </>
            )}
            , {countOf(revision.words, "word")}
          </p>
          {revision.note && (
            <p className="house" dir="auto">
              {revision.note}
            </p>
          )}
        </header>
        <Html className="article-text prose" html={revision.html} />
      </article>
      <nav className="beside" aria-label="Revisions">
        {older !== null && (
          <a href={`${address}/revisions/${older}`} rel="prev">
            Older: revision {older}
          </a>
        )}
        {newer !== null && (
          <a href={`${address}/revisions/${newer}`} rel="next">
            Newer: revision {newer}
          </a>
        )}
      </nav>
    </main>
  );
}
