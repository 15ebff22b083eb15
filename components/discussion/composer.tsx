// The form that posts a comment or a reply, anonymously or under one's name. It works by itself; <comment-form> adds keeping, counting and
// posting in place.
import { FormNews } from "@/components/discussion/form-news";
import { LogInPart } from "@/components/discussion/log-in-part";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";

export type FormAction = (form: FormData) => Promise<void>;

interface ComposerProps {
  slug: string;
  action: FormAction;
  /** What the last try left: text as typed, errors, preview. */
  state?: FormState;
  /** The comment that is answered; absent for a comment on the article. */
  parent?: { id: string; name: string };
  /** Who is logged in, where the page knows: documents for everybody do not. */
  member?: { name: string; handle: string };
}

export function Composer({ slug, action, state, parent, member }: ComposerProps) {
  const values = state?.values ?? {};
  const errors = state?.errors ?? {};
  return (
    <comment-form data-article={slug} data-parent={parent?.id ?? ""}>
      <form
        id={parent ? "reply" : "post"}
        className="composer"
        action={action}
        aria-label={parent ? `Reply to ${parent.name}` : "Post your comments"}
        data-form={parent ? "reply" : "comment"}
      >
        {/* What Enter in a line presses: the first button. Which way is meant is for the server to say, or to ask. */}
        <button
          type="submit"
          name="intent"
          value="enter"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
        />
        <h2>{parent ? "Reply" : "Post your comments"}</h2>
        <input type="hidden" name="article" defaultValue={slug} />
        <input type="hidden" name="parent" defaultValue={parent?.id ?? ""} />
        {parent && <input type="hidden" name="id" defaultValue={parent.id} />}
        <input type="hidden" name="key" defaultValue={values.key ?? ""} />
        {member && <input type="hidden" name="as" defaultValue={member.handle} />}
        <input type="hidden" name="age" defaultValue={values.age ?? ""} />
        <FormNews state={state} />
        <Field
          id="body"
          label="Comment"
          error={errors.body}
          help={
            <>
              <em>*slanted*</em>, <strong>**strong**</strong>, <code>`code`</code>, “&gt; ” before a quotation, a blank
              line between paragraphs.
            </>
          }
        >
          <textarea
            id="body"
            name="body"
            rows={6}
            dir="auto"
            required
            data-limit={limits.commentBody}
            defaultValue={values.body}
            {...described("body", { error: errors.body, help: true })}
          />
        </Field>
        <div className="ways">
          <Field
            id="name"
            label="Name"
            error={errors.name}
            help="If you like. Without one you get a name for this article."
          >
            <input
              id="name"
              name="name"
              dir="auto"
              autoComplete="nickname"
              defaultValue={values.name}
              {...described("name", { error: errors.name, help: true })}
            />
          </Field>
          <div className="visually-hidden" aria-hidden="true">
            <label htmlFor="website">Leave this empty</label>
            <input id="website" name="website" tabIndex={-1} autoComplete="off" />
          </div>
          <p className="buttons">
            {member !== undefined && (
              <button type="submit" name="intent" value="member">
                Post as <bdi>{member.name}</bdi>
              </button>
            )}
            <button type="submit" name="intent" value="post" className={member === undefined ? undefined : "quiet"}>
              Post Anonymously
            </button>
            <button type="submit" name="intent" value="preview" className="quiet">
              Preview
            </button>
          </p>
        </div>
        {member === undefined && <LogInPart state={state} />}
      </form>
    </comment-form>
  );
}
