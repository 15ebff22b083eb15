// Which mails one wants.
import { changeMail } from "@/app/(personal)/settings/notifications/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { readOwnAccount } from "@/lib/services/own-account";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Mail" };

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/notifications");
  const { mailReplies } = await readOwnAccount(ctx);
  return (
    <SettingsPage title="Mail" path="/settings/notifications" news={await newsOf(searchParams, { saved: "Saved." })}>
      <Sheet label="Mail" action={changeMail} state={formStateOf("mail")} button="Save">
        <label className="choice">
          <input type="checkbox" name="replies" value="1" defaultChecked={mailReplies} />
          When somebody replies to me
        </label>
        <p className="field-help">
          Mail that keeps your account safe always comes: a new log-in, a changed password, a link you asked for.
        </p>
      </Sheet>
    </SettingsPage>
  );
});
