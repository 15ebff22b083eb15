// Confirming an address, by the link of a mail. Programs that look at links in mails do not confirm anything: that takes the button.
import { verifyEmail } from "@/app/(personal)/verify-email/actions";
import { page } from "@/app/outcome";
import { AccountPage, EndedLink } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { readLink } from "@/lib/services/read-link";
import { formStateOf } from "@/lib/web/form-state";
import { linkQuery } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "Confirm your address" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token } = linkQuery.parse(await searchParams);
  const link = await readLink({ purpose: "VERIFY_EMAIL", token });
  if (!link) {
    return (
      <EndedLink>
        <a href="/log-in">Log in</a>
        <a href="/sign-up">Sign up</a>
      </EndedLink>
    );
  }
  const lead = (
    <>
      <strong>{link.email}</strong> becomes the address of <strong>@{link.handle}</strong>.
    </>
  );
  return (
    <AccountPage title="Confirm your address" lead={lead}>
      <Sheet label="Confirm your address" action={verifyEmail} state={formStateOf("verifyEmail")} button="Confirm">
        <input type="hidden" name="token" defaultValue={token} />
      </Sheet>
    </AccountPage>
  );
});
