// Everything about an article that is not its text: where it is found, what it is filed under, whose it is.
import type { WritableDraft } from "@/components/desk/draft-form";
import { described, Field } from "@/components/ui/field";
import { topicsLine } from "@/lib/domain/draft";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";
import { sentence } from "@/lib/ui/labels";

/** Under which texts are usually given away, or not. */
const licences = ["CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC BY-ND 4.0", "CC0 1.0", "All rights reserved"];

export function AboutFields({ draft, state }: { draft: WritableDraft; state?: FormState }) {
  const { values, errors = {} } = state ?? {};
  const { fields, freeSlug } = draft;
  const slugError = errors.slug ?? (freeSlug === null ? undefined : sentence("slug.taken"));
  return (
    <fieldset className="draft-about">
      <legend>About the article</legend>
      <Field
        id="summary"
        label="Summary"
        error={errors.summary}
        help="One or two sentences, for lists and for search engines."
      >
        <textarea
          id="summary"
          name="summary"
          rows={3}
          dir="auto"
          data-limit={limits.summary}
          defaultValue={values?.summary ?? fields.summary}
          {...described("summary", { error: errors.summary, help: true })}
        />
      </Field>
      <Field
        id="slug"
        label="Address"
        error={slugError}
        help={
          <>
            {freeSlug !== null && (
              <>
                Free is <code data-free-slug>{freeSlug}</code>.{" "}
              </>
            )}
            {draft.wasLive
              ? "The address that readers know will lead to a new one."
              : "Left empty, it is made from the title."}
          </>
        }
      >
        <span className="prefixed" dir="ltr">
          <span aria-hidden="true">/articles/</span>
          <input
            id="slug"
            name="slug"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={values?.slug ?? fields.slug}
            {...described("slug", { error: slugError, help: true })}
          />
        </span>
      </Field>
      <Field id="topics" label="Topics" error={errors.topics} help="Parted by commas. New ones are made when needed.">
        <input
          id="topics"
          name="topics"
          dir="auto"
          list="topic-names"
          autoComplete="off"
          defaultValue={values?.topics ?? topicsLine(fields.topics)}
          {...described("topics", { error: errors.topics, help: true })}
        />
        <datalist id="topic-names">
          {draft.topics.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </Field>
      <Field id="copyrightHolder" label="Copyright holder" error={errors.copyrightHolder}>
        <input
          id="copyrightHolder"
          name="copyrightHolder"
          dir="auto"
          autoComplete="off"
          defaultValue={values?.copyrightHolder ?? fields.copyrightHolder}
          {...described("copyrightHolder", { error: errors.copyrightHolder })}
        />
      </Field>
      <Field id="licence" label="Licence" error={errors.licence}>
        <input
          id="licence"
          name="licence"
          list="licences"
          autoComplete="off"
          defaultValue={values?.licence ?? fields.licence}
          {...described("licence", { error: errors.licence })}
        />
        <datalist id="licences">
          {licences.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </Field>
    </fieldset>
  );
}
