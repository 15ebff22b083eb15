// Comments and the replies under them, as nested lists. How deep they nest is the tree's decision.
import { Comment } from "@/components/discussion/comment";
import type { CommentNode } from "@/lib/domain/comment-tree";
import { countOf } from "@/lib/ui/labels";

interface ListProps {
  nodes: readonly CommentNode[];
  /** Whether replying is open. */
  reply: boolean;
  /** The comment that these answer, when it is drawn right above them. */
  parentId?: string | null;
}

/** The items of a list; the list itself is the caller's, because the outermost has a name of its own. */
export function CommentItems({ nodes, reply, parentId = null }: ListProps) {
  return nodes.map((node) => (
    <li key={node.comment.id}>
      <Comment
        comment={node.comment}
        inReplyTo={node.inReplyTo?.id === parentId ? null : node.inReplyTo}
        reply={reply}
        foldable={node.children.length > 0}
      />
      <Replies node={node} reply={reply} />
    </li>
  ));
}

/** What was answered to a comment, and the way to what is not on this page. */
export function Replies({ node, reply }: { node: CommentNode; reply: boolean }) {
  const { id } = node.comment;
  if (node.children.length === 0 && node.moreReplies === 0) return null;
  return (
    <ol className="replies">
      <CommentItems nodes={node.children} reply={reply} parentId={id} />
      {node.moreReplies > 0 && (
        <li className="more-replies">
          <a href={`/comments/${id}`}>{countOf(node.moreReplies, "more reply", "more replies")}</a>
        </li>
      )}
    </ol>
  );
}
