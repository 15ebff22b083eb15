// For the author of a removed comment: why, what they wrote, and the way to object once, or what became of that.
import type { FormAction } from "@/components/discussion/composer";
import { FormNews } from "@/components/discussion/form-news";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { Html } from "@/components/ui/safe-html";
import type { OwnAppeal } from "@/lib/domain/appeal";
import { limits } from "@/lib/domain/limits";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { FormState } from "@/lib/ui/form-state";
import { removalWords } from "@/lib/ui/labels";

/** What became of an appeal, for its author. */
export function AppealNews({ appeal }: { appeal: OwnAppeal }) {
  if (appeal.state === "OPEN") {
    return (
      <p>
        You objected on <Day date={appeal.createdAt} long />. Another moderator than the one who removed it will decide.
      </p>
    );
  }
  return (
    <>
      <p>
        {appeal.state === "GRANTED" ? "Your appeal was granted" : "Your appeal was denied"}
        {appeal.decidedAt && (
          <>
            {" on "}
            <Day date={appeal.decidedAt} long />
          </>
        )}
        .
      </p>
      {appeal.answer && (
        <blockquote className="appeal-answer" dir="auto">
          {appeal.answer}
        </blockquote>
      )}
    </>
  );
}

interface OwnRemovalProps {
  id: string;
  removal: { reason: string; at: Date; html: SafeHtml; appeal: OwnAppeal | null };
  action: FormAction;
  state?: FormState;
}

export function OwnRemoval({ id, removal, action, state }: OwnRemovalProps) {
  const error = state?.errors.body;
  return (
    <section id="appeal" className="composer own-removal" aria-labelledby="removal-heading">
      <h2 id="removal-heading">A moderator removed what you wrote</h2>
      <p>
        On <Day date={removal.at} long />. <span dir="auto">{removalWords(removal.reason)}</span>
      </p>
      <details>
        <summary>What you wrote</summary>
        <Html className="prose" html={removal.html} />
      </details>
      {removal.appeal ? (
        <AppealNews appeal={removal.appeal} />
      ) : (
        <form data-form="appeal" action={action} aria-label="Object to this removal">
          <input type="hidden" name="id" defaultValue={id} />
          <FormNews state={state} />
          <Field
            id="appeal-body"
            label="Why it should be put back"
            help="You can object once. Another moderator than the one who removed it decides."
            error={error}
          >
            <textarea
              id="appeal-body"
              name="body"
              rows={5}
              dir="auto"
              required
              data-limit={limits.appealBody}
              defaultValue={state?.values.body}
              {...described("appeal-body", { error, help: true })}
            />
          </Field>
          <p className="buttons">
            <button type="submit">Object to the removal</button>
          </p>
        </form>
      )}
    </section>
  );
}
