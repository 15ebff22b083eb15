// Dates as readers see them. Documents are the same for everybody, so these are in UTC and say a day, not an age.

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** "23 November 2026" */
export function longDate(date: Date): string {
  return day.format(date);
}

/** "23 Nov 2026" */
export function shortDate(date: Date): string {
  return shortDay.format(date);
}

/** "23 November 2026 at 14:05 UTC" */
export function exactTime(date: Date): string {
  return `${minute.format(date)} UTC`;
}
