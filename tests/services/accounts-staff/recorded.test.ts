// What the record says of ways in and of the site's settings (R79). The other events are told by the tests of what causes them.
import { expect, it } from "vitest";
import { makeAccessToken, readAccessTokens, revokeAccessToken } from "@/lib/services/access-tokens";
import { enterByProvider } from "@/lib/services/enter-by-provider";
import { unlinkProvider } from "@/lib/services/own-providers";
import { changeSiteSettings, readSiteSettings } from "@/lib/services/site-settings";
import { aBrowser, aPerson, loggedIn, record } from "@/tests/services/accounts/people";
import { withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

it("says when a token of a program was made and when it was taken back", async () => {
  const person = await aPerson();
  const ctx = await loggedIn(person);
  await makeAccessToken(ctx, { name: "Backup", scopes: ["read"], days: null });
  const [token] = await readAccessTokens(ctx);
  await revokeAccessToken(ctx, { id: token?.id ?? 0 });
  expect((await record(db, person)).slice(-2)).toEqual(["accessTokenMade", "accessTokenRevoked"]);
});

it("says when another service was linked to an account and when that ended", async () => {
  const person = await aPerson();
  const ctx = await loggedIn(person);
  const identity = { provider: "github", subject: "7", email: null, handles: [], displayName: "Ada" };
  await enterByProvider(ctx, { identity, browser: aBrowser(), purpose: "link" });
  await unlinkProvider(ctx, { provider: "github" });
  const said = await db.sql(
    "SELECT kind, detail FROM audit_events WHERE subject_id = $1 AND kind LIKE 'provider%' ORDER BY id",
    [person.id],
  );
  expect(said).toEqual([
    { kind: "providerLinked", detail: { provider: "github" } },
    { kind: "providerUnlinked", detail: { provider: "github" } },
  ]);
});

it("says which setting of the site an admin changed, from what and to what, and nothing of those that stayed", async () => {
  const admin = await aPerson({ roles: ["ADMIN"] });
  const ctx = await loggedIn(admin);
  const before = await readSiteSettings(ctx);
  await changeSiteSettings(ctx, { ...before, tagline: "Said slowly" });
  const said = await db.sql("SELECT actor_id, detail FROM audit_events WHERE kind = 'settingChanged'");
  expect(said).toEqual([
    { actor_id: admin.id, detail: { setting: "site.tagline", from: before.tagline, to: "Said slowly" } },
  ]);
});
