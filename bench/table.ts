// The figures of one line, and how they are printed.

export interface Figures {
  name: string;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Processor time of the server for one request, in milliseconds. */
  cpuMs: number;
  /** Of the database, likewise. */
  databaseMs: number;
  /** On the wire, for one answer. */
  bytes: number;
  /** Answers that were none, or not what was asked for. */
  failures: number;
}

const heads = ["requests/s", "p50 ms", "p99 ms", "cpu ms", "database ms", "bytes"];

function digits(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  return value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value >= 1
        ? value.toFixed(2)
        : value.toFixed(3);
}

/** A Markdown table, aligned for the eye as well. */
export function table(lines: readonly Figures[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length), 4);
  const row = (name: string, cells: readonly string[]) =>
    `| ${name.padEnd(width)} | ${cells.map((cell, nth) => cell.padStart(heads[nth]?.length ?? 0)).join(" | ")} |`;
  const rule = `| ${"-".repeat(width)} | ${heads.map((head) => `${"-".repeat(head.length - 1)}:`).join(" | ")} |`;
  const body = lines.map(({ name, perSecond, p50, p99, cpuMs, databaseMs, bytes, failures }) => {
    const cells = [perSecond, p50, p99, cpuMs, databaseMs].map(digits);
    return row(failures > 0 ? `${name} (${failures} FAILED)` : name, [...cells, String(Math.round(bytes))]);
  });
  return [row("", heads), rule, ...body].join("\n");
}
