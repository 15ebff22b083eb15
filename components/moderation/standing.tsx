// A person's standing: what counts against them just now, each with its reason and its end; what is over stands back.
import type { ReactNode } from "react";
import { AccountPage } from "@/components/account/account-page";
import { type FormAction, Sheet } from "@/components/account/sheet";
import { Day } from "@/components/ui/day";
import type { FormState } from "@/lib/ui/form-state";
import { sanctionEffects, sanctionNames } from "@/lib/ui/sanction-words";

export interface StandingView {
  id: number;
  kind: "WARN" | "MUTE" | "PREMODERATE" | "BAN";
  reason: string;
  since: Date;
  until: Date | null;
  inForce: boolean;
  acknowledgedAt: Date | null;
  liftedAt: Date | null;
  commentId: string | null;
  on: "member" | "browser" | "network";
}

interface StandingProps {
  entries: readonly StandingView[];
  /** Whoever asks is logged in. */
  member: boolean;
  acknowledge: FormAction;
  state?: FormState;
  news?: string;
  /** What became of their comments. */
  children: ReactNode;
}

export function Standing({ entries, member, acknowledge, state, news, children }: StandingProps) {
  const now = entries.filter(({ inForce }) => inForce);
  const over = entries.filter(({ inForce }) => !inForce);
  return (
    <AccountPage title="Your standing" lead={leadOf(now.length)} news={news}>
      {now.map((entry) => (
        <Entry key={entry.id} entry={entry} member={member} acknowledge={acknowledge} state={state} />
      ))}
      {children}
      {over.length > 0 && (
        <section className="standing-over">
          <h2>Over</h2>
          <ul className="rows plain-list">
            {over.map((entry) => (
              <li key={entry.id}>
                <p className="row-name">{sanctionNames[entry.kind]}</p>
                <p className="said" dir="auto">
                  {entry.reason}
                </p>
                <p className="house">
                  <Day date={entry.since} />
                  {endOf(entry)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </AccountPage>
  );
}

function leadOf(count: number): string {
  if (count === 0) return "Nothing stands between you and the discussions here.";
  return "A moderator has decided something about what you post here. This is what, why and until when.";
}

function endOf({ liftedAt, acknowledgedAt, until }: StandingView) {
  if (liftedAt)
    return (
      <>
        , lifted on <Day date={liftedAt} />
      </>
    );
  if (acknowledgedAt)
    return (
      <>
        , read on <Day date={acknowledgedAt} />
      </>
    );
  return (
    until && (
      <>
        , ended on <Day date={until} />
      </>
    )
  );
}

const whom = {
  member: null,
  browser: "It is about what this browser posts without an account.",
  network: "It is about everybody who posts from your network without an account, and may not be about you.",
};

function Entry({
  entry,
  member,
  acknowledge,
  state,
}: { entry: StandingView } & Omit<StandingProps, "entries" | "news" | "children">) {
  const { id, kind, reason, since, until, commentId, on } = entry;
  const about = on === "browser" && !member ? null : whom[on];
  return (
    <section className="standing" aria-labelledby={`standing-${id}`}>
      <h2 id={`standing-${id}`}>{sanctionNames[kind]}</h2>
      <p>{sanctionEffects[kind]}</p>
      <blockquote dir="auto">{reason}</blockquote>
      <p className="house">
        Since <Day date={since} exact />
        {until && (
          <>
            , until{" "}
            <strong>
              <Day date={until} long exact />
            </strong>
          </>
        )}
        {!until && kind !== "WARN" && ", until a moderator lifts it"}
        {commentId && (
          <>
            . It began with <a href={`/comments/${commentId}`}>one of your comments</a>
          </>
        )}
        .{about && ` ${about}`}
      </p>
      {kind === "WARN" && (
        <Sheet
          label="Confirm that you have read it"
          action={acknowledge}
          state={state?.values.id === String(id) ? state : undefined}
          button="I have read this"
        >
          <input type="hidden" name="id" defaultValue={id} />
        </Sheet>
      )}
    </section>
  );
}
