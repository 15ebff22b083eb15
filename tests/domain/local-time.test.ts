// Times on the wall and the instants they mean.
import { expect, it } from "vitest";
import { instantOf, isTimeZone, localTimeOf } from "@/lib/domain/local-time";

it.each([
  ["a day in winter", "2026-11-23T14:05", "UTC", "2026-11-23T14:05:00.000Z"],
  ["seconds are left out", "2026-11-23T14:05:30", "UTC", "2026-11-23T14:05:00.000Z"],
  ["east of Greenwich", "2026-11-23T14:05", "Europe/Berlin", "2026-11-23T13:05:00.000Z"],
  ["in summer", "2026-07-01T14:05", "Europe/Berlin", "2026-07-01T12:05:00.000Z"],
  ["across midnight", "2026-11-23T01:00", "Pacific/Kiritimati", "2026-11-22T11:00:00.000Z"],
  ["far west", "2026-11-23T20:00", "Pacific/Pago_Pago", "2026-11-24T07:00:00.000Z"],
  ["by half hours", "2026-11-23T14:05", "Asia/Kolkata", "2026-11-23T08:35:00.000Z"],
  ["the hour that comes twice: the first", "2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["just after the clocks went forward", "2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
  ["just before", "2026-03-29T01:59", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
  ["the last minute of February", "2028-02-29T23:59", "America/New_York", "2028-03-01T04:59:00.000Z"],
])("%s", (_, local, zone, instant) => {
  expect(instantOf(local, zone)?.toISOString()).toBe(instant);
  expect(localTimeOf(new Date(instant), zone)).toBe(local.slice(0, 16));
});

it.each([
  ["the hour that is left out", "2026-03-29T02:30", "Europe/Berlin"],
  ["a day that is none", "2026-02-30T10:00", "UTC"],
  ["a month that is none", "2026-13-01T10:00", "UTC"],
  ["an hour that is none", "2026-11-23T25:00", "UTC"],
  ["words", "tomorrow", "UTC"],
  ["nothing", "", "UTC"],
])("%s is no time", (_, local, zone) => {
  expect(instantOf(local, zone)).toBeNull();
});

it("knows zones", () => {
  expect(["UTC", "Europe/Berlin", "Mars/Olympus"].map(isTimeZone)).toEqual([true, true, false]);
});
