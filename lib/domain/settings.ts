// What an admin sets for the whole site in the browser: its shape, its bounds, and what holds until somebody sets it.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { isTimeZone } from "@/lib/domain/local-time";
import { codePointLength, hasVisibleContent, normalizeName } from "@/lib/text/normalize";

export const discussionModes = ["OPEN", "HOLD_FIRST", "HOLD_LINKS", "HOLD_ALL", "CLOSED"] as const;
export type DiscussionMode = (typeof discussionModes)[number];

const wrong = { message: "field.wrong" };

/** A whole number, as a form sends it. */
function whole(least: number, most: number) {
  return z.coerce.number(wrong).int(wrong).min(least, wrong).max(most, wrong);
}

/** How comments are screened, unless an article says otherwise. */
export const moderationSettingsSchema = z.object({
  mode: z.enum(discussionModes, wrong),
  /** Published comments of one person after which "hold first posts" holds them no more. */
  firstComments: whole(1, 20),
  /** Seconds that everybody waits between two comments under one article; 0: none. */
  slowSeconds: whole(0, 86_400),
  /** Days after an article first appeared at which its discussion closes; 0: never. */
  closeAfterDays: whole(0, 3_650),
  /** Links that a guest may post without waiting. */
  guestLinks: whole(0, limits.linksRefused),
  /** The classifier's verdict in percent from which a comment waits; 100: never, since nothing is that certain. */
  spamPercent: whole(50, 100),
  /** The weight of open reports at which a comment is held by itself; a new reporter's counts 1. */
  reportWeight: whole(1, 50),
  /** The share of all comments in percent from which a rule that hits is believed to be wrong. */
  ruleSharePercent: whole(1, 100),
  /** Under which names moderators stand in the public log. */
  names: z.enum(["PSEUDONYM", "NAME"], wrong),
});

export type ModerationSettings = z.infer<typeof moderationSettingsSchema>;

/** Open to everybody, as R66 has it for sites that nobody has set up otherwise. */
export const usualModeration: ModerationSettings = {
  mode: "OPEN",
  firstComments: 1,
  slowSeconds: 0,
  closeAfterDays: 0,
  guestLinks: limits.linksHeld,
  spamPercent: 95,
  reportWeight: 3,
  ruleSharePercent: 20,
  names: "PSEUDONYM",
};

const line = (longest: number, missing?: string) => {
  const text = z
    .string(wrong)
    .max(longest * 6, { message: "site.too_long", abort: true })
    .transform((said) => normalizeName(said))
    .refine((said) => codePointLength(said) <= longest, { message: "site.too_long" });
  return missing ? text.refine(hasVisibleContent, { message: missing }) : text;
};

/** What the site is for everybody: an empty motto is none. */
export const siteSettingsSchema = z.object({
  name: line(limits.siteName, "site.name_missing"),
  tagline: line(limits.tagline),
  timeZone: z.string(wrong).refine(isTimeZone, { message: "site.time_zone" }),
  /** Every member with a confirmed address may begin articles; editors review them all the same. */
  membersWrite: z
    .literal("1")
    .optional()
    .catch(undefined)
    .transform((sent) => sent !== undefined),
});

export type SiteSettings = z.output<typeof siteSettingsSchema>;

export const usualSite: SiteSettings = {
  name: "Colloquy",
  tagline: "Articles, and the conversations under them",
  timeZone: "UTC",
  membersWrite: false,
};

/** The site's own settings among everything that was ever set. */
export function siteSettingsOf(stored: Readonly<Record<string, unknown>>): SiteSettings {
  const text = (name: "name" | "tagline" | "timeZone") => {
    const value = stored[`site.${name}`];
    return typeof value === "string" ? value : usualSite[name];
  };
  const timeZone = text("timeZone");
  return {
    name: text("name"),
    tagline: text("tagline"),
    timeZone: isTimeZone(timeZone) ? timeZone : usualSite.timeZone,
    membersWrite: stored["site.membersWrite"] === true,
  };
}

const prefix = "moderation.";

/** The settings among everything that was ever set; what is missing, or makes no sense any more, is as usual. */
export function moderationSettingsOf(stored: Readonly<Record<string, unknown>>): ModerationSettings {
  const shape = moderationSettingsSchema.shape;
  const read = <Name extends keyof ModerationSettings>(name: Name) =>
    shape[name].safeParse(stored[prefix + name]).data ?? usualModeration[name];
  return moderationSettingsSchema.parse(Object.fromEntries(moderationSettingNames.map((name) => [name, read(name)])));
}

export const moderationSettingNames = moderationSettingsSchema.keyof().options;

/** The settings as rows to keep. */
export function moderationRows(settings: ModerationSettings): { key: string; value: string | number }[] {
  return moderationSettingNames.map((name) => ({ key: prefix + name, value: settings[name] }));
}
