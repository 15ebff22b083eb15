// A new password, by the link of a mail. Looking at this page does not use the link up.
import { resetPassword } from "@/app/(personal)/reset-password/actions";
import { page } from "@/app/outcome";
import { AccountPage, EndedLink } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { PasswordField } from "@/components/account/text-field";
import { limits } from "@/lib/domain/limits";
import { readLink } from "@/lib/services/read-link";
import { formStateOf } from "@/lib/web/form-state";
import { linkQuery } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "Set a new password" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token } = linkQuery.parse(await searchParams);
  const link = await readLink({ purpose: "RESET_PASSWORD", token });
  if (!link) {
    return (
      <EndedLink>
        <a href="/forgot-password">Ask for a new one</a>
      </EndedLink>
    );
  }
  const state = formStateOf("resetPassword");
  const lead = (
    <>
      For <strong>@{link.handle}</strong>. Every browser that is logged in will be logged out.
    </>
  );
  return (
    <AccountPage title="Set a new password" lead={lead}>
      <Sheet label="Set a new password" action={resetPassword} state={state} button="Set the new password">
        <input type="hidden" name="token" defaultValue={token} />
        {/* So that password managers know whose it is. */}
        <input
          className="visually-hidden"
          name="identifier"
          defaultValue={link.handle}
          autoComplete="username"
          tabIndex={-1}
          aria-hidden="true"
          readOnly
        />
        <PasswordField
          name="password"
          label="New password"
          autoComplete="new-password"
          state={state}
          help={`At least ${limits.password.min} characters; anything goes, spaces too.`}
        />
      </Sheet>
    </AccountPage>
  );
});
