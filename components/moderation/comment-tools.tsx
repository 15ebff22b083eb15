// What a moderator can do from a comment's own page: judge it in the queue, pin it, make it a conversation of its own.
import type { FormAction } from "@/components/discussion/composer";
import { FormNews } from "@/components/discussion/form-news";
import type { CommentView } from "@/lib/domain/comment";
import type { FormState } from "@/lib/ui/form-state";

interface CommentToolsProps {
  comment: CommentView;
  slug: string;
  pinned: boolean;
  pin: FormAction;
  move: FormAction;
  state?: FormState;
}

export function CommentTools({ comment, slug, pinned, pin, move, state }: CommentToolsProps) {
  const { id, parentId, place, status } = comment;
  return (
    <section className="composer comment-tools" aria-labelledby="tools-heading">
      <h2 id="tools-heading">Moderate</h2>
      <FormNews state={state} />
      <p className="ways-on">
        <a href={`/desk/moderation?item=${id}`}>Judge this comment</a>
        <a href={`/desk/moderation/threads/${slug}`}>Set this discussion</a>
        <a href={`/moderation-log?article=${slug}`}>What was decided here</a>
      </p>
      <div className="buttons">
        {place > 0 && (pinned || status === "PUBLISHED") && (
          <form action={pin} aria-label={pinned ? "Unpin this comment" : "Pin this comment"}>
            <input type="hidden" name="id" defaultValue={id} />
            {!pinned && <input type="hidden" name="pinned" defaultValue="1" />}
            <button type="submit" className="quiet">
              {pinned ? "Unpin" : "Pin above the discussion"}
            </button>
          </form>
        )}
        {place > 0 && parentId !== null && (
          <form action={move} aria-label="Make this a conversation of its own">
            <input type="hidden" name="id" defaultValue={id} />
            <button type="submit" className="quiet">
              Make it a conversation of its own
            </button>
          </form>
        )}
      </div>
    </section>
  );
}
