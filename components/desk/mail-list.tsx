// Mail that could not be sent: what it was, for whom, what the mail server said, and what can be done about it.
import { ButtonForm, type FormAction } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { Moment } from "@/components/ui/day";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";
import { mailLabel } from "@/lib/ui/mail-labels";

interface MailListProps {
  mails: readonly {
    id: string;
    kind: string;
    handle: string | null;
    displayName: string | null;
    tries: number;
    reason: string | null;
    lastTriedAt: Date;
  }[];
  more: boolean;
  work: FormAction;
  state?: FormState;
}

export function MailList({ mails, more, work, state }: MailListProps) {
  return (
    <>
      <FormNews state={state} />
      <ul className="rows plain-list">
        {mails.map(({ id, kind, handle, displayName, tries, reason, lastTriedAt }) => {
          const label = mailLabel(kind);
          const about = `${label}, for ${handle ? `@${handle}` : "somebody who has left"}`;
          return (
            <li key={id} className="row-head">
              <div>
                <p className="row-name">{label}</p>
                <p className="house">
                  {handle ? (
                    <>
                      For{" "}
                      <a href={`/people/${handle}`}>
                        <bdi>{displayName}</bdi>
                      </a>
                    </>
                  ) : (
                    "For somebody who has left"
                  )}
                  , tried {countOf(tries, "time")}, last on <Moment date={lastTriedAt} />
                </p>
                {reason && <p className="mail-reason">{reason}</p>}
              </div>
              <div className="row-ways">
                <ButtonForm label={`Try again: ${about}`} action={work} button="Try again">
                  <WorkFields ids={[id]} work="retry" />
                </ButtonForm>
                <ButtonForm label={`Give up: ${about}`} action={work} button="Give up">
                  <WorkFields ids={[id]} work="drop" />
                </ButtonForm>
              </div>
            </li>
          );
        })}
      </ul>
      {more && <p className="house">There are more; they come up when these are done.</p>}
      {mails.length > 1 && (
        <div className="row-ways">
          <ButtonForm label="Try all of these again" action={work} button={`Try all ${mails.length} again`}>
            <WorkFields ids={mails.map(({ id }) => id)} work="retry" />
          </ButtonForm>
          <ButtonForm label="Give all of these up" action={work} button={`Give up all ${mails.length}`}>
            <WorkFields ids={mails.map(({ id }) => id)} work="drop" />
          </ButtonForm>
        </div>
      )}
    </>
  );
}

function WorkFields({ ids, work }: { ids: readonly string[]; work: "retry" | "drop" }) {
  return (
    <>
      <input type="hidden" name="ids" defaultValue={ids.join(" ")} />
      <input type="hidden" name="work" defaultValue={work} />
    </>
  );
}
