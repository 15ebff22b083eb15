// Tokens for programs: made, shown once, ended.
import { makeToken, revokeToken } from "@/app/(personal)/settings/tokens/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { Secret } from "@/components/account/secret";
import { SettingsPage } from "@/components/account/settings-page";
import { TokenForm, TokenList } from "@/components/account/tokens";
import { readAccessTokens } from "@/lib/services/access-tokens";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Access tokens" };

const news = { revoked: "That token opens nothing any more." };

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/tokens");
  const tokens = await readAccessTokens(ctx);
  const state = formStateOf("token");
  return (
    <SettingsPage title="Access tokens" path="/settings/tokens" news={await newsOf(searchParams, news)}>
      {state?.secret && (
        <Secret secret={state.secret} label="Your new token">
          Keep it where your program finds it. It is shown only now.
        </Secret>
      )}
      <p>
        With a token a program can do what you can, as far as you let it. It sends the token as{" "}
        <code>Authorization: Bearer</code>; <a href="/api/v1/openapi.json">what can be asked</a> is described.
      </p>
      <TokenList tokens={tokens} revoke={revokeToken} state={formStateOf("revokeToken")} />
      <section aria-labelledby="make-heading">
        <h2 id="make-heading">Make a token</h2>
        <TokenForm action={makeToken} state={state?.secret ? undefined : state} />
      </section>
    </SettingsPage>
  );
});
