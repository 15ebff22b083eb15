// Logging out, for those who came here by a link.
import { logOut } from "@/app/(personal)/log-out/actions";
import { page } from "@/app/outcome";
import { AccountPage } from "@/components/account/account-page";
import { Sheet } from "@/components/account/sheet";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";

export const metadata = { title: "Log out" };

export default page(async () => {
  personal();
  const { actor } = await contextOf();
  if (actor.kind !== "member") {
    return (
      <AccountPage title="You are logged out">
        <p className="ways-on">
          <a href="/">To the newest articles</a>
          <a href="/log-in">Log in</a>
        </p>
      </AccountPage>
    );
  }
  const lead = (
    <>
      You are <bdi>{actor.displayName}</bdi> in this browser. <a href="/settings/sessions">Other browsers</a> stay
      logged in.
    </>
  );
  return (
    <AccountPage title="Log out" lead={lead}>
      <Sheet label="Log out" action={logOut} state={formStateOf("logOut")} button="Log out" />
    </AccountPage>
  );
});
