// The site as its admin sets it: how comments are screened, and the rules for that, each rehearsed before it acts.
import { retireRule, setModeration, setSite, writeRule } from "@/app/(personal)/desk/site/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { RecordCheckNote } from "@/components/moderation/record-check";
import { Rules } from "@/components/moderation/rules";
import { ModerationSettingsForm } from "@/components/moderation/settings-form";
import { SiteForm } from "@/components/moderation/site-form";
import { replacesSchema, ruleSchema } from "@/lib/domain/screening-rule";
import { readRecordCheck } from "@/lib/services/check-record";
import { readModerationSettings } from "@/lib/services/moderation-settings";
import { readRules, rehearseRule } from "@/lib/services/screening-rules";
import { readSiteSettings } from "@/lib/services/site-settings";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Site" };

const news = {
  saved: "Saved. It counts from now on.",
  rule: "The rule acts from now on.",
  retired: "The rule is retired.",
};

/** UTC is not among those that the platform lists. */
const timeZones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/desk/site");
  const state = formStateOf("rule");
  // A rule that came without a fault is shown with what it would have done.
  const written = state && Object.keys(state.errors).length === 0 ? ruleSchema.safeParse(state.values) : undefined;
  const replaces = replacesSchema.catch(null).parse(state?.values.replaces);
  const [site, settings, rules, rehearsal, check] = await Promise.all([
    readSiteSettings(ctx),
    readModerationSettings(ctx),
    readRules(ctx),
    written?.success ? rehearseRule(ctx, { rule: written.data, replaces }) : undefined,
    readRecordCheck(ctx),
  ]);
  return (
    <DeskPage actor={ctx.actor} title="Site" path="/desk/site" news={await newsOf(searchParams, news)}>
      <section aria-labelledby="itself">
        <h2 id="itself">The site itself</h2>
        <SiteForm settings={site} timeZones={timeZones} action={setSite} state={formStateOf("site")} />
      </section>
      <section aria-labelledby="moderation">
        <h2 id="moderation">How comments come to be seen</h2>
        <ModerationSettingsForm settings={settings} action={setModeration} state={formStateOf("moderation")} />
      </section>
      <section aria-labelledby="rules">
        <h2 id="rules">Rules</h2>
        <Rules
          rules={rules}
          write={{ action: writeRule, state }}
          retire={{ action: retireRule, state: formStateOf("retireRule") }}
          rehearsal={rehearsal}
        />
      </section>
      <section aria-labelledby="record">
        <h2 id="record">The record</h2>
        <RecordCheckNote check={check} />
      </section>
    </DeskPage>
  );
});
