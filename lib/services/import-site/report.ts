// What an import says about itself: counts, and a line for everything that did not come over as it was.

export interface ReportLine {
  /** What it is over there: post, page, comment, attachment, picture, … */
  kind: string;
  id: string;
  title: string;
  outcome: "skipped" | "kept as a draft" | "changed" | "already there" | "failed";
  reason: string;
}

export interface ImportCounts {
  /** Items of the file by kind. */
  found: Record<string, number>;
  articlesPublished: number;
  articlesKeptAsDrafts: number;
  articlesAlreadyThere: number;
  commentsPublished: number;
  commentsHeld: number;
  commentsAlreadyThere: number;
  pingbacks: number;
  people: number;
  topics: number;
  pictures: number;
  skipped: number;
  failed: number;
}

export class Report {
  readonly counts: ImportCounts = {
    found: {},
    articlesPublished: 0,
    articlesKeptAsDrafts: 0,
    articlesAlreadyThere: 0,
    commentsPublished: 0,
    commentsHeld: 0,
    commentsAlreadyThere: 0,
    pingbacks: 0,
    people: 0,
    topics: 0,
    pictures: 0,
    skipped: 0,
    failed: 0,
  };

  constructor(private readonly onLine: (line: ReportLine) => void) {}

  found(kind: string): void {
    // Kinds are the file's own words: bounded, so that a hostile file cannot fill the memory with them.
    const known = kind in this.counts.found || Object.keys(this.counts.found).length < 100;
    const name = known ? kind.slice(0, 40) : "other";
    this.counts.found[name] = (this.counts.found[name] ?? 0) + 1;
  }

  line(line: ReportLine): void {
    if (line.outcome === "skipped") this.counts.skipped += 1;
    if (line.outcome === "failed") this.counts.failed += 1;
    this.onLine(line);
  }
}
