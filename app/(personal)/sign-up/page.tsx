// Becoming a member: one form, then a link by mail.
import { redirect } from "next/navigation";
import { z } from "zod";
import { signUp } from "@/app/(personal)/sign-up/actions";
import { page } from "@/app/outcome";
import { AccountPage } from "@/components/account/account-page";
import { NewAccountFields } from "@/components/account/new-account-fields";
import { OtherServices } from "@/components/account/other-services";
import { Sheet } from "@/components/account/sheet";
import { configuredProviders } from "@/lib/web/auth";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";

export const metadata = { title: "Sign up" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({ sent: z.literal("1").optional().catch(undefined) });

export default page(async ({ searchParams }: Props) => {
  personal();
  const { sent } = query.parse(await searchParams);
  const { actor } = await contextOf();
  if (actor.kind === "member") redirect("/settings");
  if (sent) {
    return (
      <AccountPage
        title="Look into your mail"
        lead="We have sent you a link. Open it in this browser, and you are in. It works for a day."
      >
        <p>
          Nothing there after a few minutes? Look among the unwanted mail, or <a href="/sign-up">sign up once more</a>{" "}
          in case the address had a slip.
        </p>
      </AccountPage>
    );
  }
  const state = formStateOf("signUp");
  return (
    <AccountPage
      title="Sign up"
      lead="To write under your own name, in any browser. Reading and posting anonymously need no account."
    >
      <Sheet label="Sign up" action={signUp} state={state} button="Sign up">
        <NewAccountFields state={state} />
      </Sheet>
      <OtherServices services={configuredProviders()} next="/" />
      <p className="ways-on">
        <a href="/log-in">Log in instead</a>
      </p>
    </AccountPage>
  );
});
