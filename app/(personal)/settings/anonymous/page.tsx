// Staying the same anonymous person in another browser: a code to print, and a field to type it into. For everybody, with an account or
// without.
import { enterCode, makeCode } from "@/app/(personal)/settings/anonymous/actions";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { AccountPage } from "@/components/account/account-page";
import { Secret } from "@/components/account/secret";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { TextField } from "@/components/account/text-field";
import { sentence } from "@/lib/ui/labels";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";

export const metadata = { title: "Recovery code" };

const news = { moved: "This browser has your anonymous comments now. The code is used up." };

function Codes() {
  const made = formStateOf("makeCode");
  const entered = formStateOf("enterCode");
  // Asked only then: whoever has nothing to lose here is not troubled with it.
  const losesPast =
    entered !== undefined && (entered.message === sentence("recovery.past") || "sure" in entered.values);
  return (
    <>
      {made?.secret && (
        <Secret secret={made.secret} label="Your recovery code">
          Print this page or write the code down. It is shown only now, works once, and ends when you make another.
        </Secret>
      )}
      <section aria-labelledby="make-heading" className="no-print">
        <h2 id="make-heading">Take it along</h2>
        <p>
          What you post anonymously belongs to this browser. With a code you can edit and delete it from another one, or
          from this one after its data were cleared. This browser then gives it up.
        </p>
        <Sheet
          label="Make a recovery code"
          action={makeCode}
          state={made?.secret ? undefined : made}
          button="Make a recovery code"
        />
      </section>
      <section aria-labelledby="enter-heading" className="no-print">
        <h2 id="enter-heading">Bring it here</h2>
        <Sheet label="Enter a recovery code" action={enterCode} state={entered} button="Bring it here">
          <TextField
            name="code"
            label="Recovery code"
            autoComplete="off"
            state={entered}
            help="Small letters, spaces and dashes do not matter."
          />
          {losesPast && (
            <label className="choice">
              <input type="checkbox" name="sure" value="1" required />
              What I posted anonymously from this browser stays, and is not mine to edit any more
            </label>
          )}
        </Sheet>
      </section>
    </>
  );
}

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  personal();
  const { actor } = await contextOf();
  const told = await newsOf(searchParams, news);
  if (actor.kind !== "member") {
    return (
      <AccountPage title="Recovery code" news={told}>
        <div className="settings-body">
          <Codes />
        </div>
      </AccountPage>
    );
  }
  return (
    <SettingsPage title="Recovery code" path="/settings/anonymous" news={told}>
      <Codes />
    </SettingsPage>
  );
});
