// Taking a changed address back, by the link that went to the old one.
import { undoEmail } from "@/app/(personal)/undo-email/actions";
import { linkPage } from "@/app/link-page";

const title = "Take your address back";

export const metadata = { title };

export default linkPage({
  purpose: "UNDO_EMAIL",
  title,
  lead: ({ email, handle }) => (
    <>
      <strong>{email}</strong> becomes the address of <strong>@{handle}</strong> again. Every browser is logged out, and
      we send you a link to set a new password.
    </>
  ),
  action: undoEmail,
  form: "undoEmail",
  button: "Take it back",
  ended: <a href="/log-in">Log in</a>,
});
