// Times as clocks on a wall show them, in a named time zone, and the instants that they mean.

const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,3})?)?$/;

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const two = "2-digit";
  return new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, year: "numeric", month: two, day: two, hour: two, minute: two },
    hourCycle: "h23",
  });
}

/** What a clock in `timeZone` shows at `instant`: "2026-11-23T14:05", as a field for date and time takes it. */
export function localTimeOf(instant: Date, timeZone: string): string {
  const parts = clockIn(timeZone).formatToParts(instant);
  const part = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * The instant at which a clock in `timeZone` shows `local` ("2026-11-23T14:05"; seconds are left out). Of an hour that comes twice in
 * autumn, the first; null for what is no time, and for an hour that is left out in spring.
 */
export function instantOf(local: string, timeZone: string): Date | null {
  const [, ...numbers] = form.exec(local) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = numbers.map(Number);
  if (numbers.length === 0) return null;
  const wanted = local.slice(0, "2026-11-23T14:05".length);
  const asIfUtc = Date.UTC(year, month - 1, day, hour, minute);
  // No zone is further from UTC than this; the zone's offset before and after a change of the clocks are both tried.
  const furthest = 15 * 3_600_000;
  const offsets = [-furthest, furthest].map((away) => {
    const near = new Date(asIfUtc + away);
    return Date.parse(`${localTimeOf(near, timeZone)}Z`) - Math.floor(near.getTime() / 60_000) * 60_000;
  });
  const found = offsets.map((offset) => new Date(asIfUtc - offset)).sort((a, b) => a.getTime() - b.getTime());
  return found.find((instant) => localTimeOf(instant, timeZone) === wanted) ?? null;
}

/** Whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    clockIn(name);
    return true;
  } catch {
    return false;
  }
}
