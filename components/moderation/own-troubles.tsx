// What became of one's own comments: those that wait, and those that were removed, with the way to object.
import { AppealNews } from "@/components/moderation/own-removal";
import { Day } from "@/components/ui/day";
import type { OwnRemoval, OwnWaiting } from "@/lib/domain/appeal";
import { holdSentence, removalWords } from "@/lib/ui/labels";

function Opening({ comment }: { comment: Pick<OwnWaiting, "commentId" | "opening" | "article"> }) {
  return (
    <p>
      <a href={`/comments/${comment.commentId}`} dir="auto">
        {comment.opening || "A comment"}
      </a>{" "}
      <span className="house">
        on <bdi>{comment.article.title}</bdi>
      </span>
    </p>
  );
}

export function OwnTroubles({ waiting, removed }: { waiting: readonly OwnWaiting[]; removed: readonly OwnRemoval[] }) {
  return (
    <>
      {waiting.length > 0 && (
        <section className="own-troubles" aria-labelledby="waiting-heading">
          <h2 id="waiting-heading">Waiting for a moderator</h2>
          <ul className="rows plain-list">
            {waiting.map((comment) => (
              <li key={comment.commentId}>
                <Opening comment={comment} />
                <p>
                  {comment.edit && "Your edit waits; readers see the text of before. "}
                  {holdSentence(comment.heldReason ?? "")}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {removed.length > 0 && (
        <section className="own-troubles" aria-labelledby="removed-heading">
          <h2 id="removed-heading">Removed by a moderator</h2>
          <ul className="rows plain-list">
            {removed.map((comment) => (
              <li key={comment.commentId}>
                <Opening comment={comment} />
                <p>
                  <Day date={comment.removedAt} long />. <span dir="auto">{removalWords(comment.reason)}</span>
                </p>
                {comment.appeal ? (
                  <AppealNews appeal={comment.appeal} />
                ) : (
                  <p>
                    <a href={`/comments/${comment.commentId}#appeal`}>Object to the removal</a>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
