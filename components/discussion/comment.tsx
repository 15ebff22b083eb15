// One comment, set like a line of a play: the speaker's name, the house's aside, what was said. A hundred of these travel
// in one page, so the markup is as short as it can be; everything else is the style sheet's.
import { isGone, removedWords } from "@/components/discussion/removed-words";
import { Day } from "@/components/ui/day";
import { Html } from "@/components/ui/safe-html";
import type { CommentView } from "@/lib/domain/comment";

interface CommentProps {
  comment: CommentView;
  /** Who is answered, where the comment above is not that one. */
  inReplyTo?: { id: string; name: string } | null;
  /** Whether replying is open. */
  reply?: boolean;
  /** Drawn as what is being answered: without anything to press. */
  quoted?: boolean;
  /** Whether there is anything below it to fold away. */
  foldable?: boolean;
  /** What the house says about it: "Waiting for a moderator". */
  notice?: string | null;
  /** Where it stands alone, so that the script that puts it into a thread knows where it belongs. */
  alone?: boolean;
}

function speakerOf(comment: CommentView): string {
  return isGone(comment) ? removedWords(comment).who : comment.author.name;
}

function Head({ comment, inReplyTo, foldable, notice }: CommentProps) {
  const { id, author } = comment;
  const gone = isGone(comment);
  const speaker = speakerOf(comment);
  return (
    <header className="comment-head">
      <span className="comment-author" dir="auto">
        {!gone && author.handle ? <a href={`/people/${author.handle}`}>{speaker}</a> : speaker}
      </span>{" "}
      {!gone && author.handle === null && <span className="guest-mark">guest </span>}
      {inReplyTo && (
        <span className="reply-to">
          in reply to{" "}
          <a href={`#c-${inReplyTo.id}`}>
            <bdi>{inReplyTo.name || "a comment that is gone"}</bdi>
          </a>{" "}
        </span>
      )}
      <a className="permalink" href={`/comments/${id}`}>
        <Day date={comment.createdAt} />
      </a>
      {!gone && comment.editedAt && <span className="edited-mark"> edited</span>}
      {notice && <span className="waiting-mark">{notice}</span>}
      {foldable && (
        <button
          type="button"
          className="collapse"
          hidden
          data-action="collapse"
          aria-expanded="true"
          aria-label="Replies"
        />
      )}
    </header>
  );
}

export function Comment(props: CommentProps) {
  const { comment, reply = true, quoted = false, alone = false } = props;
  const { id, status } = comment;
  const box = {
    id: `c-${id}`,
    "data-parent": alone ? (comment.parentId ?? undefined) : undefined,
    tabIndex: -1,
    "aria-label": speakerOf(comment),
  };
  if (isGone(comment)) {
    return (
      <article {...box} className="comment tombstone">
        <Head {...props} />
        <p className="comment-body">{removedWords(comment).what}</p>
      </article>
    );
  }
  return (
    <article {...box} className="comment">
      <Head {...props} />
      <Html className="comment-body prose" html={comment.html} />
      {status === "PUBLISHED" && !quoted && (
        <footer className="comment-actions">
          {reply && (
            <a href={`/comments/${id}#reply`} data-action="reply">
              Reply
            </a>
          )}
          <a href={`/comments/${id}#report`} data-action="report">
            Report
          </a>
        </footer>
      )}
    </article>
  );
}
