// The browsers in which one is logged in, and their end.
import { endOthers, endSession } from "@/app/(personal)/settings/sessions/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { SettingsPage } from "@/components/account/settings-page";
import { ButtonForm } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { Day } from "@/components/ui/day";
import { listOwnSessions } from "@/lib/services/log-out";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Browsers" };

const news = {
  ended: "That browser is logged out.",
  others: "All your other browsers are logged out.",
};

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/sessions");
  const sessions = await listOwnSessions(ctx);
  return (
    <SettingsPage title="Browsers" path="/settings/sessions" news={await newsOf(searchParams, news)}>
      <p>You are logged in here. If you do not know one of them, log it out and change your password.</p>
      <FormNews state={formStateOf("endSession") ?? formStateOf("endOthers")} />
      <ul className="rows plain-list">
        {sessions.map((session) => (
          <li key={session.id} className="row-head">
            <div>
              <p className="row-name">{session.device || "An unknown browser"}</p>
              <p className="house">
                since <Day date={session.createdAt} />, last seen <Day date={session.lastSeenAt} exact />
              </p>
            </div>
            {session.current ? (
              <p className="house">This browser</p>
            ) : (
              <ButtonForm label={`Log out ${session.device}`} action={endSession} button="Log out">
                <input type="hidden" name="id" defaultValue={session.id} />
              </ButtonForm>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <ButtonForm label="Log out all others" action={endOthers} button="Log out all others" danger />
      )}
    </SettingsPage>
  );
});
