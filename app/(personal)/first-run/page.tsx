// The first page of a new site: whoever reads the server's console becomes its admin.
import { becomeAdmin } from "@/app/(personal)/first-run/actions";
import { page } from "@/app/outcome";
import { AccountPage } from "@/components/account/account-page";
import { NewAccountFields } from "@/components/account/new-account-fields";
import { Sheet } from "@/components/account/sheet";
import { isFirstAdminLink } from "@/lib/services/first-admin-link";
import { formStateOf } from "@/lib/web/form-state";
import { linkQuery } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "First run" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token } = linkQuery.parse(await searchParams);
  if (!(await isFirstAdminLink(token))) {
    return (
      <AccountPage
        title="This link has ended"
        lead="It works until somebody is admin here, and for no longer than a day. Starting the server prints a new one while there is no admin."
      >
        <p className="ways-on">
          <a href="/log-in">Log in</a>
          <a href="/">To the newest articles</a>
        </p>
      </AccountPage>
    );
  }
  const state = formStateOf("firstRun");
  return (
    <AccountPage
      title="Welcome. This place is yours"
      lead="Make the account that administers it. You can make others admin later, and everything here can be changed."
    >
      <Sheet label="Make the admin" action={becomeAdmin} state={state} button="Make the admin">
        <input type="hidden" name="token" defaultValue={token} />
        <NewAccountFields state={state} staff />
      </Sheet>
    </AccountPage>
  );
});
