// The discussion under an article: how much was said, in which order, and the comments themselves.
import type { ReactNode } from "react";
import { CommentItems } from "@/components/discussion/comment-list";
import { Shut } from "@/components/discussion/shut";
import { threadAddress } from "@/components/discussion/thread-address";
import { Day } from "@/components/ui/day";
import { limits } from "@/lib/domain/limits";
import type { ThreadView } from "@/lib/domain/thread";
import { isShut } from "@/lib/domain/thread-terms";
import { countOf, spanOf } from "@/lib/ui/labels";

interface DiscussionProps {
  slug: string;
  thread: ThreadView;
  /** The form under the comments; absent where nothing can be posted. */
  composer?: ReactNode;
}

function Order({ slug, thread }: { slug: string; thread: ThreadView }) {
  const newest = thread.sort === "newest";
  return (
    <nav className="order" aria-label="Order of comments">
      {newest ? (
        <a href={`${threadAddress(slug, "oldest", 1)}#discussion`}>Oldest first</a>
      ) : (
        <span aria-current="true">Oldest first</span>
      )}
      {newest ? (
        <span aria-current="true">Newest first</span>
      ) : (
        <a href={`${threadAddress(slug, "newest", 1)}#discussion`} rel="nofollow">
          Newest first
        </a>
      )}
    </nav>
  );
}

function Pages({ slug, thread }: { slug: string; thread: ThreadView }) {
  const { page, pages, sort } = thread;
  if (pages < 2) return null;
  const to = (target: number) => `${threadAddress(slug, sort, target)}#discussion`;
  return (
    <nav className="pages" aria-label="Pages of the discussion">
      {page > 1 && (
        <a href={to(page - 1)} rel="prev">
          Previous comments
        </a>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && (
        <a href={to(page + 1)} rel="next">
          Next comments
        </a>
      )}
    </nav>
  );
}

/** What holds for who wants to post here, where it is not as everywhere. */
function Terms({ thread: { closesAt, slowSeconds } }: { thread: ThreadView }) {
  if (!closesAt && !slowSeconds) return null;
  return (
    <p className="house-note">
      {slowSeconds ? `Everybody waits ${spanOf(slowSeconds)} between two comments here. ` : null}
      {closesAt && (
        <>
          Open for comments until <Day date={closesAt} long />.
        </>
      )}
    </p>
  );
}

function Pinned({ comments }: { comments: ThreadView["pinned"] }) {
  return (
    <aside className="pinned" aria-labelledby="pinned-heading">
      <h3 id="pinned-heading">Pinned</h3>
      <ol className="plain-list">
        {comments.map(({ id, author, opening }) => (
          <li key={id}>
            <span className="speaker" dir="auto">
              {author.name}
            </span>{" "}
            <a href={`/comments/${id}`} dir="auto">
              {opening}
            </a>
          </li>
        ))}
      </ol>
    </aside>
  );
}

export function Discussion({ slug, thread, composer }: DiscussionProps) {
  const { commentCount, locked, roots } = thread;
  const open = !isShut(thread);
  return (
    <section id="discussion" className="discussion" aria-labelledby="discussion-heading">
      <header className="discussion-head">
        <h2 id="discussion-heading">
          Discuss this Article{" "}
          <span className="count" data-count={commentCount}>
            {countOf(commentCount, "comment")}
          </span>
        </h2>
        {roots.length > 1 || thread.pages > 1 ? <Order slug={slug} thread={thread} /> : null}
        {open && roots.length > 0 && (
          <a className="to-composer" href="#post">
            Post your comments
          </a>
        )}
      </header>
      <div className="discussion-body">
        {open ? <Terms thread={thread} /> : <Shut locked={locked} />}
        {thread.pinned.length > 0 && <Pinned comments={thread.pinned} />}
        <discussion-thread data-article={slug} data-sort={thread.sort} data-nesting={limits.nestingShown - 1}>
          {roots.length > 0 ? (
            <ol className="comments">
              <CommentItems nodes={roots} reply={open} />
            </ol>
          ) : (
            open && (
              <p className="invitation thread-empty">
                Nobody has said anything yet. A question, a doubt, something you know and the article does not: yours
                could be the first.
              </p>
            )
          )}
        </discussion-thread>
        <Pages slug={slug} thread={thread} />
        {composer}
      </div>
    </section>
  );
}
