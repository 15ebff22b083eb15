// Forgot password? A link goes to the address, and nobody else learns whether there is an account.
import { z } from "zod";
import { askReset } from "@/app/(personal)/forgot-password/actions";
import { page } from "@/app/outcome";
import { AccountPage } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { TextField } from "@/components/account/text-field";
import { formStateOf } from "@/lib/web/form-state";
import { personal } from "@/lib/web/respond";

export const metadata = { title: "Forgot password?" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({ sent: z.literal("1").optional().catch(undefined) });

export default page(async ({ searchParams }: Props) => {
  personal();
  const { sent } = query.parse(await searchParams);
  if (sent) {
    return (
      <AccountPage
        title="Look into your mail"
        lead="If there is an account with that address, a link is on its way to it. It works once, for half an hour."
      >
        <p>
          Nothing there after a few minutes? Look among the unwanted mail, or{" "}
          <a href="/forgot-password">try another address</a>.
        </p>
      </AccountPage>
    );
  }
  const state = formStateOf("forgotPassword");
  return (
    <AccountPage title="Forgot password?" lead="Tell us your address, and we send you a link to set a new one.">
      <Sheet label="Forgot password" action={askReset} state={state} button="Send the link">
        <TextField name="email" label="Email" type="email" autoComplete="email" state={state} />
      </Sheet>
      <p className="ways-on">
        <a href="/log-in">Log in instead</a>
      </p>
    </AccountPage>
  );
});
