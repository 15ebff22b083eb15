// Taking a new address into use, by the link that went to it.
import { confirmEmail } from "@/app/(personal)/confirm-email/actions";
import { linkPage } from "@/app/link-page";

const title = "Use this address";

export const metadata = { title };

export default linkPage({
  purpose: "CHANGE_EMAIL",
  title,
  lead: ({ email, handle }) => (
    <>
      Mail for <strong>@{handle}</strong> will go to <strong>{email}</strong> from now on.
    </>
  ),
  action: confirmEmail,
  form: "confirmEmail",
  button: "Use it",
  ended: <a href="/settings/email">To your address</a>,
});
