// The article for paper: everything needed to cite it, and if wished its discussion as numbered notes.
import { ArticleDetailsBox } from "@/components/article/article-details";
import { isGone, removedWords } from "@/components/discussion/removed-words";
import { Day } from "@/components/ui/day";
import { Html } from "@/components/ui/safe-html";
import type { ArticleView } from "@/lib/domain/article";
import type { CommentNode } from "@/lib/domain/comment-tree";
import type { ThreadView } from "@/lib/domain/thread";
import { countOf } from "@/lib/ui/labels";

interface PrintProps {
  article: ArticleView;
  /** The revision that was asked for by its number; undefined: the one that readers see now. */
  chosen?: number;
  /** It is the one that readers see now. */
  newest: boolean;
  siteName: string;
  /** Where the site is. */
  origin: string;
  /** Undefined: without the discussion. */
  discussion?: ThreadView;
  commentCount: number;
}

/** The tree in reading order. */
function inOrder(nodes: readonly CommentNode[]): CommentNode[] {
  return nodes.flatMap((node) => [node, ...inOrder(node.children)]);
}

function Notes({ thread }: { thread: ThreadView }) {
  const nodes = inOrder(thread.roots);
  const numbers = new Map(nodes.map((node, index) => [node.comment.id, index + 1]));
  return (
    <section className="printed-discussion" aria-labelledby="printed-discussion">
      <h2 id="printed-discussion">Discussion</h2>
      <ol>
        {nodes.map(({ comment, inReplyTo }) => {
          const gone = isGone(comment);
          const answered = inReplyTo && numbers.get(inReplyTo.id);
          return (
            <li key={comment.id} id={`note-${comment.id}`}>
              <p className="house">
                <bdi className="speaker">{gone ? removedWords(comment).who : comment.author.name}</bdi>
                {!gone && comment.author.handle === null && ", guest"}
                {answered && `, to ${answered}`}, <Day date={comment.createdAt} />
              </p>
              {gone ? <p>{removedWords(comment).what}</p> : <Html className="prose" html={comment.html} />}
            </li>
          );
        })}
      </ol>
      {nodes.length < thread.commentCount && <p className="house">The discussion goes on at the article’s address.</p>}
    </section>
  );
}

/** Where the print view is of an article, or of one of its revisions. */
export function printAddress(wish: { slug: string; revision?: number; withDiscussion: boolean }): string {
  const query = [
    ...(wish.revision === undefined ? [] : [`revision=${wish.revision}`]),
    ...(wish.withDiscussion ? ["discussion=1"] : []),
  ];
  return `/articles/${wish.slug}/print${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

function Tools({ article, chosen, discussion, commentCount }: PrintProps) {
  const { slug } = article;
  const here = (withDiscussion: boolean) => printAddress({ slug, revision: chosen, withDiscussion });
  return (
    <nav className="print-tools" aria-label="Print">
      {chosen === undefined ? (
        <a href={`/articles/${slug}`}>Back to the article</a>
      ) : (
        <a href={`/articles/${slug}/revisions/${chosen}`}>Back to the revision</a>
      )}
      {commentCount > 0 &&
        (discussion ? (
          <a href={here(false)}>Without the discussion</a>
        ) : (
          <a href={here(true)}>With the discussion ({countOf(commentCount, "comment")})</a>
        ))}
    </nav>
  );
}

/** What a reader of the paper needs to find this very text again, and the one that took its place. */
function Imprint({ article, newest, origin }: PrintProps) {
  const { details } = article;
  const address = `${origin}/articles/${article.slug}`;
  return (
    <footer className="imprint">
      <p>
        Revision {details.revision}, <Day date={details.lastModifiedAt} long />
        {!newest && ", not the newest"}. © <bdi>{details.copyrightHolder}</bdi>
        {details.licence && `, ${details.licence}`}.
      </p>
      <dl className="addresses">
        <div>
          <dt>This revision</dt>
          <dd className="address">{`${address}/revisions/${details.revision}`}</dd>
        </div>
        <div>
          <dt>The article</dt>
          <dd className="address">{address}</dd>
        </div>
      </dl>
    </footer>
  );
}

export function ArticlePrint(props: PrintProps) {
  const { article, siteName, discussion } = props;
  return (
    <main id="main" className="printed">
      <Tools {...props} />
      <article>
        <p className="house">{siteName}</p>
        <h1 dir="auto">{article.title}</h1>
        {article.summary && (
          <p className="standfirst" dir="auto">
            {article.summary}
          </p>
        )}
        <ArticleDetailsBox article={article} printLink={false} />
        <Html className="prose" html={article.html} />
      </article>
      {discussion && <Notes thread={discussion} />}
      <Imprint {...props} />
    </main>
  );
}
