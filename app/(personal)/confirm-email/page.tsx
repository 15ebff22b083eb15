// Taking a new address into use, by the link that went to it.
import { confirmEmail } from "@/app/(personal)/confirm-email/actions";
import { page } from "@/app/outcome";
import { AccountPage, EndedLink } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { readLink } from "@/lib/services/read-link";
import { formStateOf } from "@/lib/web/form-state";
import { linkQuery } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "Use this address" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token } = linkQuery.parse(await searchParams);
  const link = await readLink({ purpose: "CHANGE_EMAIL", token });
  if (!link) {
    return (
      <EndedLink>
        <a href="/settings/email">To your address</a>
      </EndedLink>
    );
  }
  const lead = (
    <>
      Mail for <strong>@{link.handle}</strong> will go to <strong>{link.email}</strong> from now on.
    </>
  );
  return (
    <AccountPage title="Use this address" lead={lead}>
      <Sheet label="Use this address" action={confirmEmail} state={formStateOf("confirmEmail")} button="Use it">
        <input type="hidden" name="token" defaultValue={token} />
      </Sheet>
    </AccountPage>
  );
});
