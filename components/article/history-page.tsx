// The history of an article for everybody: its published texts, newest first, and a form that compares any two of them.
import { Day } from "@/components/ui/day";
import { Older } from "@/components/ui/older";
import { People } from "@/components/ui/people";
import type { PublicRevision, RevisionList } from "@/lib/domain/revision";
import { countOf } from "@/lib/ui/labels";
import { revisionKind } from "@/lib/ui/revision-labels";

const signed = new Intl.NumberFormat("en-GB", { signDisplay: "always" });

function Pick({ name, number, label, checked }: { name: string; number: number; label: string; checked: boolean }) {
  return (
    <label className="pick">
      <input type="radio" name={name} value={number} defaultChecked={checked} />
      <span aria-hidden="true">{name}</span>
      <span className="visually-hidden">{label}</span>
    </label>
  );
}

interface LineProps {
  slug: string;
  revision: PublicRevision;
  /** The published text before it; undefined when it stands on the next page. */
  older: PublicRevision | undefined;
  /** Which of the two choices it is at first; undefined: there is nothing to compare it with. */
  picked: { from: boolean; to: boolean } | undefined;
}

function RevisionLine({ slug, revision, older, picked }: LineProps) {
  const { number } = revision;
  const grown = older && revision.words - older.words;
  return (
    <li className="revision">
      {picked && (
        <span className="picks">
          <Pick name="from" number={number} label={`Compare from revision ${number}`} checked={picked.from} />
          <Pick name="to" number={number} label={`Compare with revision ${number}`} checked={picked.to} />
        </span>
      )}
      <div>
        <p>
          <a href={`/articles/${slug}/revisions/${number}`}>Revision {number}</a>{" "}
          <span className="kind">{revisionKind(revision.class)}</span>
          {revision.current && <span className="kind now">What readers see</span>}
        </p>
        {revision.note && <p dir="auto">{revision.note}</p>}
        <p className="house">
          <Day date={revision.publishedAt} exact />
          {revision.contributors.length > 0 && (
            <>
              {" "}
              by <People people={revision.contributors} />
            </>
          )}
          , {countOf(revision.words, "word")}
          {grown ? ` (${signed.format(grown)})` : ""}
          {older && (
            <>
              {" · "}
              <a href={`/articles/${slug}/compare/${older.number}/${number}`} rel="nofollow">
                What changed<span className="visually-hidden"> in revision {number}</span>
              </a>
            </>
          )}
        </p>
      </div>
    </li>
  );
}

export function HistoryPage({ list: { slug, title, revisions, older } }: { list: RevisionList }) {
  const comparable = revisions.length > 1;
  return (
    <main id="main" className="listing history">
      <header className="listing-head">
        <p className="house">
          <a href={`/articles/${slug}`} dir="auto">
            {title}
          </a>
        </p>
        <h1>History</h1>
        <p className="house">
          Every text that was published here stays. <a href={`/articles/${slug}/history.xml`}>Feed of the changes</a>
        </p>
      </header>
      <form action={`/articles/${slug}/compare`} method="get" className="plain-form" aria-label="Compare two revisions">
        <ol className="history-list plain-list">
          {revisions.map((revision, index) => (
            <RevisionLine
              key={revision.number}
              slug={slug}
              revision={revision}
              older={revisions[index + 1]}
              picked={comparable ? { from: index === 1, to: index === 0 } : undefined}
            />
          ))}
        </ol>
        {comparable && (
          <p className="compare-chosen">
            <button type="submit">Compare the chosen two</button>
          </p>
        )}
      </form>
      {older !== null && <Older href={`/articles/${slug}/history?before=${older}`} label="Older revisions" />}
    </main>
  );
}
