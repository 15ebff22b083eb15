// The ways to something new: an article that begins with its title, or a new text of one that is published.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { TextField } from "@/components/account/text-field";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";

export function StartForm({ action, state }: { action: FormAction; state?: FormState }) {
  return (
    <section aria-labelledby="start-heading">
      <h2 id="start-heading">Start an article</h2>
      <Sheet label="Start an article" action={action} state={state} button="Start">
        <TextField
          name="title"
          label="Title"
          dir="auto"
          autoComplete="off"
          state={state}
          help="Often a question that readers ask. You can change it later."
        />
      </Sheet>
    </section>
  );
}

interface FindArticleProps {
  /** What was asked for. */
  find: string;
  /** Null when nothing was. */
  found: readonly { id: number; slug: string; title: string }[] | null;
  /** Whoever searches may manage what is found. */
  mayManage: boolean;
}

export function FindArticle({ find, found, mayManage }: FindArticleProps) {
  return (
    <section aria-labelledby="revise-heading">
      <h2 id="revise-heading">Revise a published article</h2>
      <search>
        <form className="search-form" action="/desk/drafts" aria-label="Find an article to revise">
          <div className="field">
            <label htmlFor="find">Title or address</label>
            <input id="find" name="find" dir="auto" maxLength={limits.searchQuery} defaultValue={find} />
          </div>
          <button type="submit" className="quiet">
            Find
          </button>
        </form>
      </search>
      {found !== null && found.length === 0 && <p role="status">No article that you can revise was found.</p>}
      {found !== null && found.length > 0 && (
        <ul className="rows plain-list">
          {found.map(({ id, slug, title }) => (
            <li key={id}>
              <p className="row-name">
                <a href={`/desk/drafts/${id}`}>
                  <bdi>{title}</bdi>
                </a>
              </p>
              <p className="house">
                /articles/{slug}
                {mayManage && (
                  <>
                    {" · "}
                    <a href={`/desk/articles/${id}`}>
                      Manage<span className="visually-hidden"> {title}</span>
                    </a>
                  </>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
