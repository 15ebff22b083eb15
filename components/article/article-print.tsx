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
  siteName: string;
  /** The article's whole address. */
  address: string;
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

export function ArticlePrint({ article, siteName, address, discussion, commentCount }: PrintProps) {
  const here = `/articles/${article.slug}/print`;
  return (
    <main id="main" className="printed">
      <nav className="print-tools" aria-label="Print">
        <a href={`/articles/${article.slug}`}>Back to the article</a>
        {commentCount > 0 &&
          (discussion ? (
            <a href={here}>Without the discussion</a>
          ) : (
            <a href={`${here}?discussion=1`}>With the discussion ({countOf(commentCount, "comment")})</a>
          ))}
      </nav>
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
      <footer className="imprint">
        Revision {article.details.revision}, <Day date={article.details.lastModifiedAt} long />. ©{" "}
        {article.details.copyrightHolder}
        {article.details.licence && `, ${article.details.licence}`}. <span className="address">{address}</span>
      </footer>
    </main>
  );
}
