// Appeals that wait: the comment as it was, why it was removed, what its author says, and the decision.
import type { FormAction } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { Html } from "@/components/ui/safe-html";
import type { AppealItem } from "@/lib/domain/appeal";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { FormState } from "@/lib/ui/form-state";
import { removalWords, sentence } from "@/lib/ui/labels";

function Decision({ appeal, action, state }: { appeal: AppealItem; action: FormAction; state?: FormState }) {
  const id = `answer-${appeal.id}`;
  const error = state?.errors.answer;
  return (
    <form action={action} aria-label={`Decide about appeal ${appeal.id}, of ${appeal.authorName}`}>
      <input type="hidden" name="id" defaultValue={appeal.id} />
      <FormNews state={state} />
      <Field
        id={id}
        label="Answer to its author"
        help="Needed when it stays removed. The author reads it."
        error={error}
      >
        <textarea
          id={id}
          name="answer"
          rows={3}
          dir="auto"
          defaultValue={state?.values.answer}
          {...described(id, { error, help: true })}
        />
      </Field>
      <p className="buttons">
        <button type="submit" name="decision" value="deny" className="quiet">
          Leave it removed
        </button>
        <button type="submit" name="decision" value="grant">
          Put it back
        </button>
      </p>
    </form>
  );
}

interface AppealsProps {
  appeals: readonly AppealItem[];
  action: FormAction;
  state?: FormState;
}

export function Appeals({ appeals, action, state }: AppealsProps) {
  const about = Number(state?.values.id);
  const gone = state?.message !== undefined && !appeals.some(({ id }) => id === about);
  return (
    <>
      {gone && <FormNews state={state} />}
      {appeals.length === 0 && <p>Nobody objects to anything. New appeals appear here.</p>}
      <ol className="appeal-list plain-list">
        {appeals.map((appeal) => (
          <li key={appeal.id}>
            <article aria-labelledby={`appeal-${appeal.id}`}>
              <h2 id={`appeal-${appeal.id}`} dir="auto">
                {appeal.authorName}
              </h2>
              <p className="house">
                on{" "}
                <a href={`/articles/${appeal.article.slug}`}>
                  <bdi>{appeal.article.title}</bdi>
                </a>
                , <a href={`/desk/moderation?item=${appeal.commentId}`}>with its history</a>, objected{" "}
                <Day date={appeal.createdAt} exact />
              </p>
              <Html html={appeal.html as SafeHtml} className="prose judged-text" />
              <p>
                Removed by <bdi>{appeal.removedBy ?? "the system"}</bdi>, <Day date={appeal.removedAt} exact />:{" "}
                <span dir="auto">{removalWords(appeal.removalReason)}</span>
              </p>
              {appeal.removalNote && (
                <p className="private-note" dir="auto">
                  {appeal.removalNote}
                </p>
              )}
              <h3>What its author says</h3>
              <blockquote className="appeal-words" dir="auto">
                {appeal.body}
              </blockquote>
              {appeal.mayDecide ? (
                <Decision appeal={appeal} action={action} state={about === appeal.id ? state : undefined} />
              ) : (
                <p className="house">{sentence("forbidden.appeal.decide")}</p>
              )}
            </article>
          </li>
        ))}
      </ol>
    </>
  );
}
