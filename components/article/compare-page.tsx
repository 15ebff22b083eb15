// Two published texts of an article side by side.
import type { ReactNode } from "react";
import { RenderedText, SourceText, TooDifferent, Words } from "@/components/article/difference";
import { Day } from "@/components/ui/day";
import { People } from "@/components/ui/people";
import type { PublicRevision, RevisionComparison } from "@/lib/domain/revision";
import { countOf } from "@/lib/ui/labels";
import { revisionKind } from "@/lib/ui/revision-labels";

function Side({ slug, name, revision }: { slug: string; name: string; revision: PublicRevision }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <a href={`/articles/${slug}/revisions/${revision.number}`}>Revision {revision.number}</a>{" "}
        <span className="house">
          {revisionKind(revision.class)}, <Day date={revision.publishedAt} exact />
          {revision.contributors.length > 0 && (
            <>
              {" "}
              by <People people={revision.contributors} />
            </>
          )}
        </span>
        {revision.note && <p dir="auto">{revision.note}</p>}
      </dd>
    </div>
  );
}

/** One of two ways to look; the one that is looked through is no link. */
function View({ href, here, children }: { href: string; here: boolean; children: ReactNode }) {
  return here ? (
    <span aria-current="page">{children}</span>
  ) : (
    <a href={href} rel="nofollow">
      {children}
    </a>
  );
}

export function ComparePage({ comparison }: { comparison: RevisionComparison }) {
  const { slug, before, now, facts, text, newer, older } = comparison;
  const here = `/articles/${slug}/compare/${before.number}/${now.number}`;
  const view = text.view === "source" ? "?view=source" : "";
  const unchanged =
    "lines" in text
      ? text.lines.every(({ kind }) => kind === "same")
      : "difference" in text && text.difference.changes === 0;
  return (
    <main id="main" className="compare">
      <header className="listing-head">
        <p className="house">
          <a href={`/articles/${slug}`} dir="auto">
            {now.title}
          </a>{" "}
          · <a href={`/articles/${slug}/history`}>History</a>
        </p>
        <h1>
          What changed{" "}
          <span className="visually-hidden">
            from revision {before.number} to revision {now.number}
          </span>
        </h1>
        <dl className="sides">
          <Side slug={slug} name="Before" revision={before} />
          <Side slug={slug} name="After" revision={now} />
        </dl>
        <nav className="views" aria-label="View">
          <View href={here} here={text.view === "rendered"}>
            As readers see it
          </View>
          <View href={`${here}?view=source`} here={text.view === "source"}>
            Source
          </View>
        </nav>
      </header>
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(({ name, pieces }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Words pieces={pieces} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <section aria-labelledby="changed-text">
        <h2 id="changed-text" className="section-name">
          The text
          <span className="house">
            {" "}
            {unchanged ? "did not change" : "difference" in text && countOf(text.difference.changes, "change")}
          </span>
        </h2>
        {"tooDifferent" in text ? (
          <TooDifferent
            texts={[before, now].map(({ number }) => ({
              href: `/articles/${slug}/revisions/${number}`,
              name: `revision ${number}`,
            }))}
            source={text.view === "rendered" ? `${here}?view=source` : null}
          />
        ) : (
          <p className="how-to-read house" aria-hidden="true">
            <ins>Added words are underlined</ins>, <del>removed ones struck through</del>.
          </p>
        )}
        {"lines" in text && <SourceText lines={text.lines} />}
        {"difference" in text && <RenderedText html={text.difference.html} />}
      </section>
      <nav className="beside" aria-label="Other changes">
        {older !== null && (
          <a href={`/articles/${slug}/compare/${older}/${before.number}${view}`} rel="nofollow">
            The change before
          </a>
        )}
        {newer !== null && (
          <a href={`/articles/${slug}/compare/${now.number}/${newer}${view}`} rel="nofollow">
            The change after
          </a>
        )}
      </nav>
    </main>
  );
}
