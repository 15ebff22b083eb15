// One's password.
import { changePassword, confirmToLink, unlink } from "@/app/(personal)/settings/password/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { Services } from "@/components/account/services";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { ConfirmField, PasswordField } from "@/components/account/text-field";
import { limits } from "@/lib/domain/limits";
import { isStaff } from "@/lib/domain/session";
import { isConfirmed } from "@/lib/services/confirm-identity";
import { readOwnAccount } from "@/lib/services/own-account";
import { readProviders } from "@/lib/services/own-providers";
import { configuredProviders } from "@/lib/web/auth";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Password" };

const news = {
  changed: "You have a new password. Your other browsers are logged out.",
  unlinked: "That service does not let you in any more.",
};

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
        <ConfirmField state={state} />
      </Sheet>
      <Services
        services={configuredProviders()}
        linked={(await readProviders(ctx)).map(({ provider }) => provider)}
        mayLink={isConfirmed(ctx)}
        confirm={confirmToLink}
        confirmState={formStateOf("confirmToLink")}
        unlink={unlink}
        unlinkState={formStateOf("unlink")}
      />
    </SettingsPage>
  );
});
