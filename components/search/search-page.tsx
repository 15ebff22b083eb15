// What a search found: articles by their titles, comments with who said them where, each with the place that says most.
import type { ReactNode } from "react";
import { SearchForm } from "@/components/search/search-form";
import { Day } from "@/components/ui/day";
import { Older } from "@/components/ui/older";
import { People } from "@/components/ui/people";
import { limits } from "@/lib/domain/limits";
import type { Found, FoundArticle, FoundComment, SearchQuery, SearchResult } from "@/lib/domain/search";
import type { SnippetPart } from "@/lib/text/snippet";
import { countOf } from "@/lib/ui/labels";

interface SearchPageProps {
  asked: SearchQuery;
  /** Left out when nothing was asked, or nothing could be looked for. */
  result?: SearchResult;
  /** Why nothing could be looked for. */
  trouble?: string;
}

/** The address of these results, changed in something. */
function addressOf({ q, in: kind, sort, page }: SearchQuery): string {
  const query = new URLSearchParams({ q });
  if (kind !== "all") query.set("in", kind);
  if (sort !== "best") query.set("sort", sort);
  if (page > 1) query.set("page", String(page));
  return `/search?${query}`;
}

function Parts({ parts }: { parts: readonly SnippetPart[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, on the server
  return parts.map(({ text, marked }, nth) => (marked ? <mark key={nth}>{text}</mark> : text));
}

function Articles({ articles }: { articles: readonly FoundArticle[] }) {
  return (
    <ol className="found plain-list">
      {articles.map((article) => (
        <li key={article.slug}>
          <h3 dir="auto">
            <a href={`/articles/${article.slug}`}>
              <Parts parts={article.titleParts} />
            </a>
          </h3>
          <p className="found-text" dir="auto">
            <Parts parts={article.snippet} />
          </p>
          <p className="house">
            {article.writtenBy.length > 0 && (
              <>
                by <People people={article.writtenBy} />,{" "}
              </>
            )}
            <Day date={article.publishedAt} />
            {article.commentCount > 0 && `\u00a0· ${countOf(article.commentCount, "comment")}`}
          </p>
        </li>
      ))}
    </ol>
  );
}

function Comments({ comments }: { comments: readonly FoundComment[] }) {
  return (
    <ol className="found plain-list">
      {comments.map(({ id, authorName, createdAt, article, snippet }) => (
        <li key={id}>
          <h3 className="found-who">
            <a href={`/comments/${id}`}>
              <bdi>{authorName}</bdi>
            </a>{" "}
            on{" "}
            <a href={`/articles/${article.slug}`}>
              <bdi>{article.title}</bdi>
            </a>
          </h3>
          <p className="found-text" dir="auto">
            <Parts parts={snippet} />
          </p>
          <p className="house">
            <Day date={createdAt} />
          </p>
        </li>
      ))}
    </ol>
  );
}

/** "12 comments", or that only the newest were looked at, and older articles with such a title. */
function counted({ count, capped }: Found<unknown>, one: string): string {
  if (!capped) return countOf(count, one);
  const older = count > limits.searched ? `, and ${count - limits.searched} older by their titles` : "";
  return `the newest ${countOf(limits.searched, one)}${older}`;
}

interface PartProps<T> {
  asked: SearchQuery;
  kind: "articles" | "comments";
  found: Found<T>;
  children: ReactNode;
}

function Part<T>({ asked, kind, found, children }: PartProps<T>) {
  if (found.items.length === 0) return null;
  const all = asked.in === kind;
  const last = all ? asked.page * limits.foundPerPage : found.items.length;
  const more = all ? { ...asked, page: asked.page + 1 } : { ...asked, in: kind, page: 1 };
  const one = kind === "articles" ? "article" : "comment";
  return (
    <section aria-labelledby={`${kind}-heading`}>
      <h2 id={`${kind}-heading`} className="section-name">
        {kind === "articles" ? "Articles" : "Comments"} <span className="found-count">{counted(found, one)}</span>
      </h2>
      {children}
      {last < found.count && <Older href={addressOf(more)} label={`More ${kind}`} />}
    </section>
  );
}

function Ways({ asked }: { asked: SearchQuery }) {
  const way = (label: string, to: Partial<SearchQuery>) => {
    const wished = { ...asked, ...to, page: 1 };
    const isHere = wished.in === asked.in && wished.sort === asked.sort;
    return (
      <li>
        <a href={addressOf(wished)} aria-current={isHere ? "true" : undefined}>
          {label}
        </a>
      </li>
    );
  };
  return (
    <nav className="found-ways" aria-label="What is shown">
      <ul className="plain-list">
        {way("Everything", { in: "all" })}
        {way("Articles", { in: "articles" })}
        {way("Comments", { in: "comments" })}
      </ul>
      <ul className="plain-list">
        {way("Best first", { sort: "best" })}
        {way("Newest first", { sort: "newest" })}
      </ul>
    </nav>
  );
}

function Nothing({ asked }: { asked: SearchQuery }) {
  const question = <bdi>“{asked.q}”</bdi>;
  if (asked.page > 1) {
    return (
      <div className="found-nothing">
        <p>There is no more of {question}.</p>
        <p className="house">
          <a href={addressOf({ ...asked, page: 1 })}>Back to the first page</a>
        </p>
      </div>
    );
  }
  return (
    <div className="found-nothing">
      <p>Nothing here has {question}.</p>
      <p className="house">
        All words have to be there. Try fewer of them, or look through <a href="/topics">the topics</a>.
      </p>
    </div>
  );
}

function Help() {
  return (
    <p className="house">
      Every word has to be there, in any form: <kbd>tide moon</kbd>. A phrase stands in quotation marks:{" "}
      <kbd>"spring tide"</kbd>. One or the other: <kbd>moon or sun</kbd>. Without: <kbd>moon -eclipse</kbd>.
    </p>
  );
}

function Results({ asked, result }: { asked: SearchQuery; result: SearchResult }) {
  const { articles, comments, empty, filling } = result;
  const nothing = !articles?.items.length && !comments?.items.length;
  return (
    <>
      {!empty && <Ways asked={asked} />}
      {filling && <p className="house">Older texts are still being read for the search. Some may be missing yet.</p>}
      {empty && <p>Please name a word that not every text has.</p>}
      {!empty && nothing && <Nothing asked={asked} />}
      {articles && (
        <Part asked={asked} kind="articles" found={articles}>
          <Articles articles={articles.items} />
        </Part>
      )}
      {comments && (
        <Part asked={asked} kind="comments" found={comments}>
          <Comments comments={comments.items} />
        </Part>
      )}
    </>
  );
}

export function SearchPage({ asked, result, trouble }: SearchPageProps) {
  return (
    <main id="main" className="listing search">
      <header className="listing-head">
        <h1>Search</h1>
        <SearchForm words={asked.q} />
        {!result && !trouble && <Help />}
      </header>
      {trouble && <p role="alert">{trouble}</p>}
      {result && <Results asked={asked} result={result} />}
    </main>
  );
}
