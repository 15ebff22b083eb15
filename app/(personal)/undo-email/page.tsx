// Taking a changed address back, by the link that went to the old one.
import { undoEmail } from "@/app/(personal)/undo-email/actions";
import { page } from "@/app/outcome";
import { AccountPage, EndedLink } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { readLink } from "@/lib/services/read-link";
import { formStateOf } from "@/lib/web/form-state";
import { linkQuery } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "Take your address back" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token } = linkQuery.parse(await searchParams);
  const link = await readLink({ purpose: "UNDO_EMAIL", token });
  if (!link) {
    return (
      <EndedLink>
        <a href="/log-in">Log in</a>
      </EndedLink>
    );
  }
  const lead = (
    <>
      <strong>{link.email}</strong> becomes the address of <strong>@{link.handle}</strong> again. Every browser is
      logged out, and we send you a link to set a new password.
    </>
  );
  return (
    <AccountPage title="Take your address back" lead={lead}>
      <Sheet label="Take your address back" action={undoEmail} state={formStateOf("undoEmail")} button="Take it back">
        <input type="hidden" name="token" defaultValue={token} />
      </Sheet>
    </AccountPage>
  );
});
