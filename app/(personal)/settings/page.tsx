// Who one is here: the name at what one writes, the page of one's own, the user name.
import { changeHandle, changeProfile } from "@/app/(personal)/settings/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { TextField } from "@/components/account/text-field";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import { readOwnAccount } from "@/lib/services/own-account";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Profile" };

const news = {
  saved: "Saved.",
  renamed: "You have a new user name. The old one leads to it for a while, and nobody else can take it.",
  verified: "Your address is confirmed.",
  welcome: "Welcome. Your address is confirmed, and you are logged in.",
  named: "Welcome. The names below are chosen for you; change them as you like.",
};

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings");
  const account = await readOwnAccount(ctx);
  const profile = formStateOf("profile");
  const bioError = profile?.errors.bio;
  return (
    <SettingsPage title="Profile" path="/settings" news={await newsOf(searchParams, news)}>
      <Sheet
        label="Profile"
        action={changeProfile}
        state={profile}
        button="Save"
        more={
          <button type="submit" name="intent" value="preview" className="quiet">
            Preview
          </button>
        }
      >
        <TextField
          name="displayName"
          label="Name"
          dir="auto"
          autoComplete="name"
          state={profile}
          value={account.displayName}
          help="Stands at what you write."
        />
        <Field
          id="bio"
          label="About you"
          error={bioError}
          help={
            <>
              Stands on <a href={`/people/${account.handle}`}>your page</a>. Formatted like a comment.
            </>
          }
        >
          <textarea
            id="bio"
            name="bio"
            rows={5}
            dir="auto"
            data-limit={limits.bio}
            defaultValue={profile?.values.bio ?? account.bio}
            {...described("bio", { error: bioError, help: true })}
          />
        </Field>
      </Sheet>
      <section aria-labelledby="handle-heading">
        <h2 id="handle-heading">User name</h2>
        <Sheet
          label="Change the user name"
          action={changeHandle}
          state={formStateOf("handle")}
          button="Change the user name"
        >
          <TextField
            name="handle"
            label="User name"
            autoComplete="username"
            state={formStateOf("handle")}
            value={account.handle}
            help={`For logging in, and in the address of your page. The old one leads to the new one for ${limits.handleHoldDays} days. Changing it again takes ${limits.handleChangeDays} days.`}
          />
        </Sheet>
      </section>
    </SettingsPage>
  );
});
