// Writing: the text with what readers will see beside it, and everything about the article under it. One plain form; <draft-editor> makes
// its text box an editor, saves by itself and keeps the preview fresh.
import type { FormAction } from "@/components/account/sheet";
import { AboutFields } from "@/components/desk/about-fields";
import { Names } from "@/components/desk/names";
import { FormNews } from "@/components/discussion/form-news";
import { described, Field } from "@/components/ui/field";
import { Html } from "@/components/ui/safe-html";
import type { DraftFields } from "@/lib/domain/draft";
import { limits } from "@/lib/domain/limits";
import type { SafeHtml } from "@/lib/text/safe-html";
import { slugify } from "@/lib/text/slug";
import type { FormState } from "@/lib/ui/form-state";

export interface WritableDraft {
  articleId: number;
  revisionId: number;
  saveNumber: number;
  savedAt: Date | null;
  /** Readers have seen the article, so its address does not follow its title. */
  wasLive: boolean;
  fields: DraftFields;
  freeSlug: string | null;
  /** Names of the topics there are. */
  topics: readonly string[];
  present: readonly string[];
}

interface DraftFormProps {
  draft: WritableDraft;
  action: FormAction;
  state?: FormState;
  /** The saved text as readers will see it. */
  html: SafeHtml;
  /** Where the editor's script is; none in a place without scripts. */
  script?: string;
  /** Whoever writes may hand it in. */
  maySubmit: boolean;
}

/** Nobody has chosen an address yet: it follows the title. */
function isMadeFromTitle({ wasLive, fields }: WritableDraft): boolean {
  return !wasLive && (fields.slug === slugify(fields.title, limits.slug) || /^draft-[0-9a-f]{12}$/.test(fields.slug));
}

function Presence({ names }: { names: readonly string[] }) {
  return (
    <p className="draft-presence" role="status" data-presence>
      {names.length > 0 && (
        <>
          <Names names={names} /> {names.length === 1 ? "has" : "have"} this open, too.
        </>
      )}
    </p>
  );
}

/** Saves what is in the form, and hands it in. */
function HandIn({ state }: { state?: FormState }) {
  const error = state?.errors.submitNote;
  return (
    <details className="hand-in" open={state?.values.intent === "submit"}>
      <summary>Hand it in for review</summary>
      <p>An editor reads it and publishes it, or tells you what to change. Until then nobody can write in it.</p>
      <Field id="submit-note" label="A note for the editor (optional)" error={error}>
        <textarea
          id="submit-note"
          name="submitNote"
          rows={3}
          dir="auto"
          data-limit={limits.editorialReason}
          defaultValue={state?.values.submitNote}
          {...described("submit-note", { error })}
        />
      </Field>
      <button type="submit" name="intent" value="submit">
        Submit for review
      </button>
    </details>
  );
}

export function DraftForm({ draft, action, state, html, script, maySubmit }: DraftFormProps) {
  const values = state?.values;
  const error = state?.errors ?? {};
  return (
    <draft-editor
      data-article={draft.articleId}
      data-revision={draft.revisionId}
      data-save={values?.saveNumber ?? draft.saveNumber}
      data-saved-at={draft.savedAt?.toISOString()}
      data-unsaved={state ? "" : undefined}
      data-auto-slug={isMadeFromTitle(draft) ? "" : undefined}
    >
      <form id="draft" className="draft" action={action} aria-label="Draft">
        <input type="hidden" name="article" defaultValue={draft.articleId} />
        <input type="hidden" name="revision" defaultValue={draft.revisionId} />
        <input type="hidden" name="saveNumber" defaultValue={values?.saveNumber ?? draft.saveNumber} />
        <FormNews state={state && { ...state, preview: undefined }} />
        <Presence names={draft.present} />
        <div className="draft-title">
          <Field id="title" label="Title" error={error.title}>
            <input
              id="title"
              name="title"
              dir="auto"
              autoComplete="off"
              defaultValue={values?.title ?? draft.fields.title}
              {...described("title", { error: error.title })}
            />
          </Field>
        </div>
        <div className="draft-columns">
          <div className="draft-writing">
            <Field
              id="body"
              label="Text"
              error={error.body}
              help={
                <>
                  Markdown: <code>## Heading</code>, <code>**strong**</code>, <code>*emphasis*</code>,{" "}
                  <code>[link](https://…)</code>, <code>- list</code>, <code>[^1]</code> for notes.
                </>
              }
            >
              <textarea
                id="body"
                name="body"
                rows={22}
                dir="auto"
                spellCheck
                data-limit={limits.articleBody}
                defaultValue={values?.body ?? draft.fields.body}
                {...described("body", { error: error.body, help: true })}
              />
            </Field>
          </div>
          <section className="draft-preview" aria-label="Preview">
            <p className="house">As readers will see it</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
            <div className="prose" data-preview tabIndex={0}>
              <Html html={state?.preview ?? html} />
            </div>
          </section>
        </div>
        <AboutFields draft={draft} state={state} />
        <p className="buttons draft-buttons">
          <button type="submit" name="intent" value="save">
            Save
          </button>
          <button type="submit" name="intent" value="preview" className="quiet" data-plain>
            Preview
          </button>
          <a href={`/desk/drafts/${draft.articleId}/saves`}>Earlier saves</a>
          <a href="/desk/pictures">Pictures</a>
          <span className="draft-status house" data-status />
        </p>
        {maySubmit && <HandIn state={state} />}
      </form>
      {script && <script src={script} defer />}
    </draft-editor>
  );
}
