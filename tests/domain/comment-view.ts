// A comment as readers see it, of which a test names only what it is about.
import type { CommentView } from "@/lib/domain/comment";
import { renderPlain } from "@/lib/text/plain-html";

const { html } = renderPlain("Words.");

export function commentView(about: Partial<CommentView> & { id: string }): CommentView {
  return {
    parentId: null,
    rootId: null,
    depth: 0,
    place: 1,
    status: "PUBLISHED",
    author: { name: `Name ${about.id}`, handle: null },
    html,
    createdAt: new Date(0),
    editedAt: null,
    decidedAt: null,
    removalReason: null,
    replyCount: 0,
    ...about,
  };
}
