// The page behind "No more mail about replies": one button, and no log-in. Looking at it ends nothing, since mail programs look at links.
import { z } from "zod";
import { stopMails } from "@/app/(personal)/unsubscribe/actions";
import { page } from "@/app/outcome";
import { AccountPage, EndedLink } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { isStopToken } from "@/lib/services/stop-mails";
import { formStateOf } from "@/lib/web/form-state";
import { linkTokenSchema } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "Mail about replies" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({ token: linkTokenSchema, done: z.literal("1").optional().catch(undefined) });

export default page(async ({ searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token, done } = query.parse(await searchParams);
  const settings = <a href="/settings/notifications">Which mails you get</a>;
  if (done) {
    return (
      <AccountPage title="No more mail about replies" lead="That is done. You can turn it on again whenever you like.">
        <p className="ways-on">{settings}</p>
      </AccountPage>
    );
  }
  if (!isStopToken(token)) return <EndedLink>{settings}</EndedLink>;
  return (
    <AccountPage
      title="No more mail about replies?"
      lead="You will not hear by mail any more when somebody replies to you. Mail that keeps your account safe still comes."
    >
      <Sheet label="Stop mail" action={stopMails} state={formStateOf("stopMails")} button="Send me no more">
        <input type="hidden" name="token" defaultValue={token} />
      </Sheet>
      <p className="ways-on">{settings}</p>
    </AccountPage>
  );
});
