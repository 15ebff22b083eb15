// Confirming an address, by the link of a mail.
import { verifyEmail } from "@/app/(personal)/verify-email/actions";
import { linkPage } from "@/app/link-page";

const title = "Confirm your address";

export const metadata = { title };

export default linkPage({
  purpose: "VERIFY_EMAIL",
  title,
  lead: ({ email, handle }) => (
    <>
      <strong>{email}</strong> becomes the address of <strong>@{handle}</strong>.
    </>
  ),
  action: verifyEmail,
  form: "verifyEmail",
  button: "Confirm",
  ended: (
    <>
      <a href="/log-in">Log in</a>
      <a href="/sign-up">Sign up</a>
    </>
  ),
});
