// What holds in a discussion: its own setting before the site's.
import { expect, it } from "vitest";
import { type ModerationSettings, usualModeration } from "@/lib/domain/settings";
import { type SetThread, type ThreadTerms, termsOf } from "@/lib/domain/thread-terms";

const now = new Date("2026-11-23T12:00:00Z");
const plain: SetThread = {
  threadState: "OPEN",
  mode: null,
  slowSeconds: null,
  closesAt: null,
  firstPublishedAt: new Date("2026-11-01T12:00:00Z"),
};
const open: ThreadTerms = { locked: false, closed: false, closesAt: null, slowSeconds: null };

it.each<[string, Partial<SetThread>, Partial<ModerationSettings>, Partial<ThreadTerms>]>([
  ["nothing set is open", {}, {}, {}],
  ["a lock is a lock", { threadState: "LOCKED" }, {}, { locked: true }],
  ["the site is closed", {}, { mode: "CLOSED" }, { closed: true }],
  ["one discussion stays open on a closed site", { mode: "OPEN" }, { mode: "CLOSED" }, {}],
  ["one discussion is closed on an open site", { mode: "CLOSED" }, {}, { closed: true }],
  ["what waits for a moderator is open", { mode: "HOLD_ALL" }, {}, {}],
  ["slow as the site has it", {}, { slowSeconds: 60 }, { slowSeconds: 60 }],
  ["slow as it is set itself", { slowSeconds: 300 }, { slowSeconds: 60 }, { slowSeconds: 300 }],
  ["it closes some days after it appeared", {}, { closeAfterDays: 30 }, { closesAt: new Date("2026-12-01T12:00:00Z") }],
  [
    "it has closed some days after it appeared",
    {},
    { closeAfterDays: 22 },
    { closed: true, closesAt: new Date("2026-11-23T12:00:00Z") },
  ],
  [
    "its own day comes before the site's days",
    { closesAt: new Date("2027-01-01T23:59:59.999Z") },
    { closeAfterDays: 1 },
    { closesAt: new Date("2027-01-01T23:59:59.999Z") },
  ],
])("%s", (_sentence, thread, site, expected) => {
  expect(termsOf({ ...plain, ...thread }, { ...usualModeration, ...site }, now)).toEqual({ ...open, ...expected });
});
