// Moderation in figures: one column a year.
import { Moment } from "@/components/ui/day";
import type { YearFigures } from "@/lib/domain/public-log";
import { spanOf } from "@/lib/ui/labels";

const count = new Intl.NumberFormat("en-GB");

const rows: readonly (readonly [label: string, figure: (year: YearFigures) => number])[] = [
  ["Comments posted", (year) => year.comments],
  ["Held by the software", (year) => year.heldBySystem],
  ["Let through by a moderator", (year) => year.approved],
  ["Removed", (year) => year.removed],
  ["Put aside as spam", (year) => year.spam],
  ["Put back", (year) => year.restored],
  ["Reports by readers", (year) => year.reports],
  ["Reports found right", (year) => year.reportsUpheld],
  ["Reports found unfounded", (year) => year.reportsDismissed],
  ["Appeals by authors", (year) => year.appeals],
  ["Appeals granted", (year) => year.appealsGranted],
  ["Appeals denied", (year) => year.appealsDenied],
  ["Warnings, mutes and bans", (year) => year.sanctions],
];

/** @param countedAt as of when the figures are right; null before the first count has ended */
export function FiguresPage({ years, countedAt }: { years: readonly YearFigures[]; countedAt: Date | null }) {
  return (
    <main id="main" className="listing">
      <header className="listing-head">
        <p className="house">
          <a href="/moderation-log">Moderation log</a>
        </p>
        <h1>Moderation in figures</h1>
        <p className="standfirst">Counted from the log itself, by years in UTC.</p>
        {countedAt ? (
          <p className="house">
            As of <Moment date={countedAt} />
          </p>
        ) : null}
      </header>
      {years.length > 0 ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
          <section className="figures" tabIndex={0} aria-label="Figures by year">
            <table>
              <thead>
                <tr>
                  <th scope="col">Year</th>
                  {years.map(({ year }) => (
                    <th key={year} scope="col">
                      {year}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(([label, figure]) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    {years.map((year) => (
                      <td key={year.year}>{count.format(figure(year))}</td>
                    ))}
                  </tr>
                ))}
                <tr>
                  <th scope="row">Usual time to a decision (median)</th>
                  {years.map(({ year, medianSeconds }) => (
                    <td key={year}>{medianSeconds === null ? "–" : spanOf(Math.round(medianSeconds))}</td>
                  ))}
                </tr>
              </tbody>
            </table>
          </section>
          <p className="figures-note">
            A comment counts in the year in which it was written, also when it was brought here later; a report or an
            appeal in the year in which it was made, also when it was decided later.
          </p>
        </>
      ) : (
        <p>
          {countedAt
            ? "Nothing has been moderated here yet."
            : "The figures are being counted for the first time. Please look again in a few minutes."}
        </p>
      )}
    </main>
  );
}
