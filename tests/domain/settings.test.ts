// The site's settings of moderation: what is kept comes back, and what makes no sense does no harm.
import { describe, expect, test } from "vitest";
import {
  moderationRows,
  moderationSettingsOf,
  moderationSettingsSchema,
  siteSettingsOf,
  siteSettingsSchema,
  usualModeration,
  usualSite,
} from "@/lib/domain/settings";

test("nothing set is as usual", () => expect(moderationSettingsOf({})).toEqual(usualModeration));

test("what was kept comes back", () => {
  const settings = { ...usualModeration, mode: "HOLD_ALL", firstComments: 3, slowSeconds: 60 } as const;
  const rows = Object.fromEntries(moderationRows(settings).map(({ key, value }) => [key, value]));
  expect(moderationSettingsOf(rows)).toEqual(settings);
});

test.each([
  ["a mode that there is no more", { "moderation.mode": "SECRET" }],
  ["a number out of bounds", { "moderation.firstComments": 0 }],
  ["a text for a number", { "moderation.reportWeight": "many" }],
  ["somebody else's setting", { "site.name": "Bees", mode: "CLOSED" }],
])("%s is as usual", (_sentence, stored) => expect(moderationSettingsOf(stored)).toEqual(usualModeration));

describe("the form", () => {
  const sent = Object.fromEntries(Object.entries(usualModeration).map(([name, value]) => [name, String(value)]));
  test("sends texts", () => expect(moderationSettingsSchema.parse(sent)).toEqual(usualModeration));
  test.each([
    ["mode", "SECRET"],
    ["firstComments", "0"],
    ["firstComments", "1.5"],
    ["slowSeconds", "-1"],
    ["slowSeconds", "86401"],
    ["closeAfterDays", "x"],
    ["guestLinks", "101"],
    ["spamPercent", "49"],
    ["reportWeight", "0"],
    ["ruleSharePercent", "101"],
  ])("%s cannot be %s", (name, value) => {
    expect(moderationSettingsSchema.safeParse({ ...sent, [name]: value }).success).toBe(false);
  });
});

describe("the site itself", () => {
  const sent = { name: " The  Bee ", tagline: "", timeZone: "Europe/Berlin", membersWrite: "1" };
  test("is read as it was meant", () =>
    expect(siteSettingsSchema.parse(sent)).toEqual({
      name: "The Bee",
      tagline: "",
      timeZone: "Europe/Berlin",
      membersWrite: true,
    }));
  test("a box that is not ticked is not sent", () =>
    expect(siteSettingsSchema.parse({ ...sent, membersWrite: undefined }).membersWrite).toBe(false));
  test.each([
    ["name", "", "site.name_missing"],
    ["name", "\u200b", "site.name_missing"],
    ["name", "x".repeat(61), "site.too_long"],
    ["tagline", "x".repeat(121), "site.too_long"],
    ["timeZone", "Mars/Olympus", "site.time_zone"],
  ])("%s cannot be %j: %s", (name, value, reason) => {
    const parsed = siteSettingsSchema.safeParse({ ...sent, [name]: value });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([reason]);
  });
  test("what makes no sense any more is as usual", () =>
    expect(siteSettingsOf({ "site.timeZone": "Mars/Olympus", "site.membersWrite": "yes", "site.name": 7 })).toEqual(
      usualSite,
    ));
});
