// Moderation in figures: one column a year.
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

export function FiguresPage({ years }: { years: readonly YearFigures[] }) {
  return (
    <main id="main" className="listing">
      <header className="listing-head">
        <p className="house">
          <a href="/moderation-log">Moderation log</a>
        </p>
        <h1>Moderation in figures</h1>
        <p className="standfirst">Counted from the log itself, by years in UTC.</p>
      </header>
      {years.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
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
      ) : (
        <p>Nothing has been moderated here yet.</p>
      )}
    </main>
  );
}
