// What an admin sets for the whole site in the browser: its shape, its bounds, and what holds until somebody sets it.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";

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
