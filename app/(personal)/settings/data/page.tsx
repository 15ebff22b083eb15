// All that one has here: leaving with it, or without.
import { askArchive, leave, stay } from "@/app/(personal)/settings/data/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { Archives } from "@/components/account/archives";
import { LeaveForm, StayForm } from "@/components/account/leaving";
import { SettingsPage } from "@/components/account/settings-page";
import { readExports } from "@/lib/services/export-data";
import { readLeaving } from "@/lib/services/leave";
import { readOwnAccount } from "@/lib/services/own-account";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Your data" };

const news = {
  asked: "Your archive is being made. We send you a mail when it is there.",
  leaving: "We are sorry to see you go. We have sent you a mail that says when.",
  stayed: "Good that you stay. Nothing was deleted.",
};

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/data");
  const [account, leaving, archives] = await Promise.all([readOwnAccount(ctx), readLeaving(ctx), readExports(ctx)]);
  return (
    <SettingsPage title="Your data" path="/settings/data" news={await newsOf(searchParams, news)}>
      <section aria-labelledby="archive-heading">
        <h2 id="archive-heading">Download my data</h2>
        <Archives archives={archives} ask={askArchive} state={formStateOf("archive")} />
      </section>
      <section aria-labelledby="leave-heading">
        <h2 id="leave-heading">{leaving ? "You are leaving" : "Delete my account"}</h2>
        {leaving ? (
          <StayForm action={stay} until={leaving.until} state={formStateOf("stay")} />
        ) : (
          <LeaveForm action={leave} state={formStateOf("leave")} hasPassword={account.hasPassword} />
        )}
      </section>
    </SettingsPage>
  );
});
