"use server";
// What an admin sets on the desk's page of the site: what it is called, how comments are screened, and by which rules.
import { z } from "zod";
import { replacesSchema, ruleSchema } from "@/lib/domain/screening-rule";
import { moderationSettingsSchema, siteSettingsSchema } from "@/lib/domain/settings";
import { changeModerationSettings } from "@/lib/services/moderation-settings";
import { retire, saveRule } from "@/lib/services/screening-rules";
import { changeSiteSettings } from "@/lib/services/site-settings";
import { action } from "@/lib/web/action";

const id = z.coerce.number().int().positive().max(2_147_483_647);

/** Sets the site's name, motto and clock, and who may write. */
export const setSite = action({
  form: "site",
  members: "/desk/site",
  schema: siteSettingsSchema,
  run: async (ctx, input) => ({ goTo: "/desk/site?news=saved", events: await changeSiteSettings(ctx, input) }),
});

/** Sets how comments are screened. */
export const setModeration = action({
  form: "moderation",
  members: "/desk/site",
  schema: moderationSettingsSchema,
  run: async (ctx, input) => ({ goTo: "/desk/site?news=saved", events: await changeModerationSettings(ctx, input) }),
});

/** Shows what a rule would have done; sent again with the mark of that, makes it a rule. */
export const writeRule = action({
  form: "rule",
  members: "/desk/site",
  schema: z
    .object({
      replaces: replacesSchema,
      mark: z.string().max(100).default(""),
      intent: z.enum(["rehearse", "save"]).catch("rehearse"),
    })
    .and(ruleSchema),
  run: async (ctx, { replaces: replaced, mark, intent, ...rule }) => {
    // Without a fault, the page that is drawn in the answer tries it.
    if (intent === "rehearse") return { show: {} };
    const events = await saveRule(ctx, { rule, replaces: replaced, mark });
    return { goTo: "/desk/site?news=rule#rules", events };
  },
});

/** Takes a rule out of force. */
export const retireRule = action({
  form: "retireRule",
  members: "/desk/site",
  schema: z.object({ id }),
  run: async (ctx, input) => ({ goTo: "/desk/site?news=retired#rules", events: await retire(ctx, input) }),
});
