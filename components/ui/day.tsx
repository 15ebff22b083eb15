// A date in a line of text.
import { exactTime, longDate, shortDate } from "@/lib/ui/dates";

/** The day, with the exact time for machines and, where `exact`, for whoever points at it. */
export function Day({ date, long = false, exact = false }: { date: Date; long?: boolean; exact?: boolean }) {
  return (
    <time dateTime={date.toISOString()} title={exact ? exactTime(date) : undefined}>
      {long ? longDate(date) : shortDate(date)}
    </time>
  );
}
