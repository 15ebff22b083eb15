// Archives of all that one has here: those that are there or being made, and the form for a new one.
import { type FormAction, Sheet } from "@/components/account/sheet";
import { ConfirmField } from "@/components/account/text-field";
import { Day } from "@/components/ui/day";
import type { FormState } from "@/lib/ui/form-state";

interface Archive {
  id: number;
  createdAt: Date;
  /** Null until it is made. */
  readyAt: Date | null;
  expiresAt: Date | null;
}

interface ArchivesProps {
  archives: readonly Archive[];
  ask: FormAction;
  state?: FormState;
}

export function Archives({ archives, ask, state }: ArchivesProps) {
  return (
    <>
      <p>
        One archive with all you have here: your account, your comments, your articles; as JSON for programs and
        Markdown for people. Making it takes a while; a mail tells you when it is there. It is kept for a day.
      </p>
      {archives.length > 0 && (
        <ul className="rows plain-list">
          {archives.map((archive) => (
            <li key={archive.id} className="row-head">
              <div>
                <p className="row-name">
                  Your data of <Day date={archive.createdAt} long />
                </p>
                {archive.expiresAt && (
                  <p className="house">
                    kept until <Day date={archive.expiresAt} exact />
                  </p>
                )}
              </div>
              {archive.readyAt ? (
                <a href={`/settings/data/${archive.id}`} download>
                  Download
                </a>
              ) : (
                <p className="house">Is being made</p>
              )}
            </li>
          ))}
        </ul>
      )}
      <Sheet label="Download my data" action={ask} state={state} button="Make an archive">
        <ConfirmField state={state} id="confirm-archive" />
      </Sheet>
    </>
  );
}
