// What a trial prints: a line for everything that is promised, with what was seen, what is allowed, and whether it holds.

export interface Line {
  what: string;
  seen: string;
  allowed: string;
  holds: boolean;
}

/** Prints the table and what went wrong word for word; a broken promise makes the program end with 1. */
export function pronounce(title: string, lines: readonly Line[], wrong: readonly string[] = []): void {
  const width = (of: (line: Line) => string, head: string) =>
    Math.max(head.length, ...lines.map((line) => of(line).length));
  const widths = [width(({ what }) => what, title), width(({ seen }) => seen, "seen")];
  const row = (what: string, seen: string, allowed: string) =>
    `| ${what.padEnd(widths[0] ?? 0)} | ${seen.padEnd(widths[1] ?? 0)} | ${allowed} |`;
  const broken = lines.filter(({ holds }) => !holds);
  const samples = [...new Set(wrong)].slice(0, 10);
  process.stdout.write(
    [
      "",
      row(title, "seen", "allowed"),
      `| ${widths.map((wide) => "-".repeat(wide)).join(" | ")} | --- |`,
      ...lines.map(({ what, seen, allowed, holds }) => row(what, seen, holds ? allowed : `${allowed} – BROKEN`)),
      "",
      ...samples.map((text) => `wrong: ${text}`),
      broken.length === 0 ? "All of it holds." : `Broken: ${broken.map(({ what }) => what).join("; ")}.`,
      "",
    ].join("\n"),
  );
  if (broken.length > 0) process.exitCode = 1;
}

/** One of the times at the given share of them, in whole milliseconds. */
export function share(times: readonly number[], at: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN).toFixed(0);
}
