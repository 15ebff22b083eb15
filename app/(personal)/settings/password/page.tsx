// One's password.
import { changePassword } from "@/app/(personal)/settings/password/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { PasswordField } from "@/components/account/text-field";
import { limits } from "@/lib/domain/limits";
import { isStaff } from "@/lib/domain/session";
import { readOwnAccount } from "@/lib/services/own-account";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Password" };

const news = { changed: "You have a new password. Your other browsers are logged out." };

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/password");
  const account = await readOwnAccount(ctx);
  const state = formStateOf("password");
  const least = isStaff(account.roles) ? limits.password.staffMin : limits.password.min;
  return (
    <SettingsPage title="Password" path="/settings/password" news={await newsOf(searchParams, news)}>
      <Sheet label="Password" action={changePassword} state={state} button="Change the password">
        <input
          className="visually-hidden"
          name="identifier"
          defaultValue={account.handle}
          autoComplete="username"
          tabIndex={-1}
          aria-hidden="true"
          readOnly
        />
        {account.hasPassword && (
          <PasswordField
            name="currentPassword"
            label="Password now"
            autoComplete="current-password"
            state={state}
            help={<a href="/forgot-password">Forgot password?</a>}
          />
        )}
        <PasswordField
          name="newPassword"
          label="New password"
          autoComplete="new-password"
          state={state}
          help={`At least ${least} characters; anything goes, spaces too. Your other browsers will be logged out.`}
        />
      </Sheet>
    </SettingsPage>
  );
});
