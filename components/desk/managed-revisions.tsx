// Every revision of an article, newest first, with what became of it and the way back to it.
import { ButtonForm, type FormAction } from "@/components/account/sheet";
import { Day } from "@/components/ui/day";
import { Person } from "@/components/ui/people";
import type { PersonLink } from "@/lib/domain/article";
import type { RevisionState } from "@/lib/domain/article-workflow";
import type { RevisionClass } from "@/lib/domain/revision";
import { exactTime } from "@/lib/ui/dates";
import { revisionClassWords } from "@/lib/ui/editorial-labels";
import { revisionStateLabels } from "@/lib/ui/labels";

interface Row {
  id: number;
  number: number;
  state: RevisionState;
  title: string;
  class: RevisionClass | null;
  note: string;
  author: PersonLink | null;
  createdAt: Date;
  publishedAt: Date | null;
  scheduledFor: Date | null;
}

interface ManagedRevisionsProps {
  revisions: readonly Row[];
  /** Begins a draft from an earlier text; none while one is open. */
  revert?: FormAction;
}

export function ManagedRevisions({ revisions, revert }: ManagedRevisionsProps) {
  return (
    <ol className="rows plain-list" reversed>
      {revisions.map((row) => (
        <li key={row.id} className="row-head">
          <div>
            <p className="row-name">
              <a href={`/desk/review/${row.id}`}>
                Revision {row.number}: <bdi>{row.title}</bdi>
              </a>
            </p>
            <p className="house">
              <span className="state" data-state={row.state}>
                {revisionStateLabels[row.state]}
              </span>
              {row.state === "SCHEDULED" && row.scheduledFor && ` for ${exactTime(row.scheduledFor)}`},{" "}
              <Day date={row.publishedAt ?? row.createdAt} exact />
              {row.author && (
                <>
                  , begun by <Person person={row.author} />
                </>
              )}
              {row.class && `, ${revisionClassWords[row.class].name.toLowerCase()}`}
            </p>
            {row.note && (
              <p className="row-note" dir="auto">
                {row.note}
              </p>
            )}
          </div>
          {revert && row.state === "SUPERSEDED" && (
            <ButtonForm label={`Begin a draft from revision ${row.number}`} action={revert} button="Go back to this">
              <input type="hidden" name="revision" defaultValue={row.id} />
            </ButtonForm>
          )}
        </li>
      ))}
    </ol>
  );
}
