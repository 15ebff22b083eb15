// A draft that cannot be written in just now: how far it has come, its text as readers will see it, and what somebody wrote too late.
import { Names } from "@/components/desk/names";
import { Html } from "@/components/ui/safe-html";
import type { RevisionState } from "@/lib/domain/article-workflow";
import type { SafeHtml } from "@/lib/text/safe-html";
import { revisionStateLabels } from "@/lib/ui/labels";

/** What was sent to a draft that takes nothing any more, whole, so that it can be copied. */
export function KeptText({ title, body, message }: { title?: string; body: string; message?: string }) {
  return (
    <section className="kept-text" aria-labelledby="kept-heading">
      <h2 id="kept-heading">What you wrote</h2>
      <p className="form-message" role="alert" data-kind="error">
        {message}
      </p>
      {title && (
        <p>
          <bdi>{title}</bdi>
        </p>
      )}
      <textarea readOnly rows={12} dir="auto" aria-label="The text you wrote" defaultValue={body} />
    </section>
  );
}

/** The line under the title: state and writers. */
export function DraftFacts({ state, writers }: { state: RevisionState; writers: readonly string[] }) {
  return (
    <>
      <span className="state" data-state={state}>
        {revisionStateLabels[state]}
      </span>
      {writers.length > 0 && (
        <>
          , written by <Names names={writers} />
        </>
      )}
    </>
  );
}

export function ClosedDraft({ html }: { html: SafeHtml }) {
  return <Html className="prose draft-read" html={html} />;
}
