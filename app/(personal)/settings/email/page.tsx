// One's mail address.
import { changeEmail, resend } from "@/app/(personal)/settings/email/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { ConfirmField, TextField } from "@/components/account/text-field";
import { readOwnAccount } from "@/lib/services/own-account";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Address" };

const news = {
  asked: "We have sent a link to the new address. Until you open it, the old one stays.",
  sent: "We have sent you a new link. It works for a day.",
  changed: "You have a new address. The old one was told, and can take it back for a week.",
};

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/email");
  const account = await readOwnAccount(ctx);
  const state = formStateOf("email");
  return (
    <SettingsPage title="Address" path="/settings/email" news={await newsOf(searchParams, news)}>
      <p>
        {account.email ? (
          <>
            Your mail goes to <strong>{account.email}</strong>. Nobody else sees it.
          </>
        ) : (
          "You have no address here yet. Without one, a forgotten password cannot be replaced."
        )}
      </p>
      {account.email && !account.emailVerifiedAt && (
        <section aria-labelledby="confirm-heading">
          <h2 id="confirm-heading">Not confirmed yet</h2>
          <p>Open the link that we sent you. Until then a moderator looks at your comments first.</p>
          <Sheet
            label="Send the link again"
            action={resend}
            state={formStateOf("resend")}
            button="Send the link again"
          />
        </section>
      )}
      <section aria-labelledby="change-heading">
        <h2 id="change-heading">Change it</h2>
        <Sheet label="Change the address" action={changeEmail} state={state} button="Send a link to the new address">
          <TextField name="email" label="New address" type="email" autoComplete="email" state={state} />
          <ConfirmField state={state} />
        </Sheet>
      </section>
    </SettingsPage>
  );
});
