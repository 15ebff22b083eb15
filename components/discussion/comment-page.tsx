// The page of one comment: what it answers, the comment, what answers it.
import type { ReactNode } from "react";
import { Comment } from "@/components/discussion/comment";
import { CommentItems } from "@/components/discussion/comment-list";
import { Shut } from "@/components/discussion/shut";
import { threadAddress } from "@/components/discussion/thread-address";
import { Day } from "@/components/ui/day";
import { Message } from "@/components/ui/message";
import { Older } from "@/components/ui/older";
import { Html } from "@/components/ui/safe-html";
import type { CommentView } from "@/lib/domain/comment";
import type { SubThreadView } from "@/lib/domain/thread";
import { isShut } from "@/lib/domain/thread-terms";
import type { SafeHtml } from "@/lib/text/markdown";
import { countOf, holdSentence } from "@/lib/ui/labels";

function Ancestors({ ancestors, leftOut }: { ancestors: readonly CommentView[]; leftOut: number }) {
  return (
    <ol className="ancestors plain-list" aria-label="What this answers">
      {ancestors.map((ancestor, index) => (
        <li key={ancestor.id}>
          {index === 1 && leftOut > 0 && <p className="house">{countOf(leftOut, "comment")} between</p>}
          <Comment comment={ancestor} quoted />
        </li>
      ))}
    </ol>
  );
}

interface History {
  number: number;
  html: SafeHtml;
  createdAt: Date;
}

function EarlierTexts({ history }: { history: readonly History[] }) {
  return (
    <details className="history">
      <summary>{countOf(history.length, "earlier version")}</summary>
      <ol className="plain-list">
        {history.map((entry) => (
          <li key={entry.number}>
            <p className="house">
              <Day date={entry.createdAt} exact />
            </p>
            <Html className="prose" html={entry.html} />
          </li>
        ))}
      </ol>
    </details>
  );
}

interface CommentPageProps {
  subThread: SubThreadView;
  /** Why it waits; only its author knows. */
  heldReason: string | null;
  history: readonly History[];
  /** It was just reported from here. */
  thanks: boolean;
  /** The forms for what this person may do. */
  children: ReactNode;
}

export function CommentPage({ subThread, heldReason, history, thanks, children }: CommentPageProps) {
  const { article, ancestors, node, within } = subThread;
  const open = !isShut(subThread);
  const { comment } = node;
  const address = threadAddress(article.slug, "best", within?.page ?? 1) + (within ? `#c-${within.id}` : "#discussion");
  const waits = comment.status === "PENDING" || comment.status === "SPAM" || heldReason !== null;
  return (
    <main id="main" className="comment-page">
      <header>
        <p className="house">A comment on</p>
        <h1>
          <a href={address} dir="auto">
            {article.title}
          </a>
        </h1>
      </header>
      {ancestors.length > 0 && <Ancestors ancestors={ancestors} leftOut={subThread.ancestorsLeftOut} />}
      <div className="this-comment">
        <Comment comment={comment} reply={open} notice={waits ? "Waiting for a moderator" : null} alone />
        {thanks && (
          <p className="house-note" role="status">
            Thank you. A moderator will have a look.
          </p>
        )}
        {heldReason && (
          <p className="house-note">
            <Message>{holdSentence(heldReason)}</Message>
          </p>
        )}
        {history.length > 0 && <EarlierTexts history={history} />}
      </div>
      {(node.children.length > 0 || subThread.more) && (
        <section className="answers" aria-labelledby="answers-heading">
          <h2 id="answers-heading">{countOf(comment.replyCount, "reply", "replies")}</h2>
          <ol className="comments">
            <CommentItems nodes={node.children} reply={open} parentId={comment.id} />
          </ol>
          {subThread.more && <Older href={`/comments/${comment.id}?after=${subThread.more}`} label="More replies" />}
        </section>
      )}
      {!open && comment.status === "PUBLISHED" && <Shut locked={subThread.locked} />}
      {children}
    </main>
  );
}
