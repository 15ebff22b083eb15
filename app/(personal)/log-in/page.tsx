// Logging in with a user name or an address, and back to where one came from.
import { redirect } from "next/navigation";
import { z } from "zod";
import { logIn } from "@/app/(personal)/log-in/actions";
import { page } from "@/app/outcome";
import { AccountPage } from "@/components/account/account-page";
import { OtherServices } from "@/components/account/other-services";
import { Sheet } from "@/components/account/sheet";
import { PasswordField, TextField } from "@/components/account/text-field";
import { configuredProviders } from "@/lib/web/auth";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";
import { returnPath } from "@/lib/web/return-path";

export const metadata = { title: "Log in" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What has just happened, when one was sent here for it. */
const news = {
  reset: "Your new password is set. Log in with it.",
  verified: "Your address is confirmed. You can log in now.",
  changed: "Your new address is confirmed.",
  undone: "Your address is back. We have sent you a link to set a new password; until then none opens the account.",
} as const;

const query = z.object({
  next: z.string().optional().catch(undefined),
  news: z.enum(["reset", "verified", "changed", "undone"]).optional().catch(undefined),
});

export default page(async ({ searchParams }: Props) => {
  personal();
  const { next, news: told } = query.parse(await searchParams);
  const { actor } = await contextOf();
  // Without scripts the head of a page cannot know who is logged in: for them the way here leads on to their settings.
  if (actor.kind === "member") redirect(returnPath(next, "/settings"));
  const state = formStateOf("logIn");
  const onwards = next === undefined ? "" : `?next=${encodeURIComponent(returnPath(next, "/"))}`;
  return (
    <AccountPage title="Log in" news={told && news[told]}>
      <Sheet label="Log in" action={logIn} state={state} button="Log in">
        <input type="hidden" name="next" defaultValue={returnPath(next, "/")} />
        <TextField name="identifier" label="User name or email" autoComplete="username" state={state} />
        <PasswordField name="password" label="Password" autoComplete="current-password" state={state} />
      </Sheet>
      <OtherServices services={configuredProviders()} next={returnPath(next, "/")} />
      <p className="ways-on">
        <a href="/forgot-password">Forgot password?</a>
        <a href={`/sign-up${onwards}`}>Sign up</a>
        <a href="/settings/anonymous">Recovery code for anonymous comments</a>
      </p>
    </AccountPage>
  );
});
