// A date in a line of text.
import { exactTime, longDate, shortDate } from "@/lib/ui/dates";

/** The time to the minute, as machines read it: seconds of a hundred comments would weigh half a kilobyte. */
const minuteOf = (date: Date) => `${date.toISOString().slice(0, "2026-11-23T08:00".length)}Z`;

/** The day, with the exact time for machines and, where `exact`, for whoever points at it. */
export function Day({ date, long = false, exact = false }: { date: Date; long?: boolean; exact?: boolean }) {
  return (
    <time dateTime={minuteOf(date)} title={exact ? exactTime(date) : undefined}>
      {long ? longDate(date) : shortDate(date)}
    </time>
  );
}

/** The minute, where hours count. */
export function Moment({ date }: { date: Date }) {
  return <time dateTime={date.toISOString()}>{exactTime(date)}</time>;
}
