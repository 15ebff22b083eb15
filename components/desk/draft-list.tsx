// Drafts in a list: what each is called, how far it has come, who writes in it.
import { Names } from "@/components/desk/names";
import { Day } from "@/components/ui/day";
import type { RevisionState } from "@/lib/domain/article-workflow";
import { revisionStateLabels } from "@/lib/ui/labels";

export interface ListedDraft {
  articleId: number;
  title: string;
  state: RevisionState;
  /** Readers see an earlier text of it. */
  live: boolean;
  at: Date;
  scheduledFor: Date | null;
  writers: readonly string[];
}

export function DraftList({ drafts }: { drafts: readonly ListedDraft[] }) {
  return (
    <ul className="rows plain-list">
      {drafts.map((draft) => (
        <li key={draft.articleId} className="draft-row">
          <p className="row-name">
            <a href={`/desk/drafts/${draft.articleId}`}>
              <bdi>{draft.title}</bdi>
            </a>
          </p>
          <p className="house">
            <span className="state" data-state={draft.state}>
              {revisionStateLabels[draft.state]}
            </span>
            {draft.scheduledFor && (
              <>
                {" "}
                for <Day date={draft.scheduledFor} exact />
              </>
            )}
            {draft.live && ", readers see an earlier text"}, last touched <Day date={draft.at} exact />
            {draft.writers.length > 0 && (
              <>
                , by <Names names={draft.writers} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
