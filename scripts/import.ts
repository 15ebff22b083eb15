// npm run import: brings the content of another site over. See docs/import.md.
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import { env } from "@/lib/env";
import { type ImportCounts, importWordpress, type ReportLine } from "@/lib/services/import-site";
import { announceAll } from "@/lib/store/purge-bus";
import { withDatabase } from "@/scripts/open-database";
import { createProgress } from "@/scripts/progress";
import { isForThePerson, StartError } from "@/scripts/start-error";

interface WordpressOptions {
  media?: string;
  pingbacks: "list" | "skip";
  discussions: "keep" | "open";
  dryRun: boolean;
  report?: string;
}

/** Lines of one reason that are shown; the report file has all. */
const linesShown = 10;

/** Different reasons that are shown. */
const reasonsShown = 200;

const program = new Command("npm run import --").description("Brings the content of another site over.");

program
  .command("wordpress")
  .description("from a WordPress export (WXR), made there under Tools, Export")
  .argument("<file...>", "the export, or all files of one that came in several")
  .option("--media <folder>", "folder with the site's pictures, a copy of its wp-content/uploads")
  .option(
    "--pingbacks <list|skip>",
    "other sites' notices: list them apart, or skip them",
    oneOf("list", "skip"),
    "list",
  )
  .option("--discussions <keep|open>", "what was closed stays closed, or is open here", oneOf("keep", "open"), "keep")
  .option("--dry-run", "only say what would be done", false)
  .option("--report <file>", "write every line of the report to a file, as JSON")
  .action((files: string[], options: WordpressOptions) => wordpress(files, options));

function oneOf(...choices: string[]): (value: string) => string {
  return (value) => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`Give ${choices.join(" or ")}.`);
    return value;
  };
}

async function wordpress(files: string[], options: WordpressOptions): Promise<void> {
  for (const file of files) await mustBe(file, "file");
  if (options.media !== undefined) await mustBe(options.media, "folder");
  const collected = new Lines(options.report);
  const progress = createProgress();
  const counts = await withDatabase(async () => {
    try {
      return await progress.step("Importing", (say) =>
        importWordpress(
          {
            files: files.map((file) => () => createReadStream(file, { highWaterMark: 256 * 1024 })),
            ...options,
            onLine: (line) => collected.add(line),
            onProgress: ({ reading, items }) =>
              say(`${reading === "first" ? "Looking through the file" : "Importing"}: item ${items}`),
          },
          { now: new Date(), ownOrigin: env().publicOrigin },
        ),
      );
    } finally {
      // Also after a run that broke off: what it has brought over stands on the pages of a running site.
      if (!options.dryRun) await announceAll(env().redisUrl);
    }
  });
  await collected.end(counts);
  console.log(summaryOf(counts, options.dryRun));
  console.log(collected.summary());
  if (options.report !== undefined) console.log(`Every line of this report is in ${options.report}.`);
}

async function mustBe(path: string, kind: "file" | "folder"): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (kind === "file" ? facts?.isFile() : facts?.isDirectory()) return;
  throw new StartError(`There is no ${kind} "${path}". Check the spelling, or give its whole path.`);
}

/** Gathers the report: whole into a file, and by reason for the screen. */
class Lines {
  private readonly file: WriteStream | undefined;
  private readonly byReason = new Map<string, { count: number; examples: ReportLine[] }>();
  private first = true;

  constructor(path: string | undefined) {
    if (path === undefined) return;
    this.file = createWriteStream(path);
    this.file.on("error", (error) => console.error(`The report cannot be written: ${error.message}`));
    this.file.write('{"lines":[');
  }

  add(line: ReportLine): void {
    this.file?.write(`${this.first ? "" : ","}\n${JSON.stringify(line)}`);
    this.first = false;
    const own = `${line.kind}, ${line.outcome}: ${line.reason}`;
    // Some reasons are in the file's own words: a hostile one must not fill the screen with them.
    const key = this.byReason.has(own) || this.byReason.size < reasonsShown ? own : "for other reasons";
    const group = this.byReason.get(key) ?? { count: 0, examples: [] };
    group.count += 1;
    if (group.examples.length < linesShown) group.examples.push(line);
    this.byReason.set(key, group);
  }

  async end(counts: ImportCounts): Promise<void> {
    const { file } = this;
    if (file) await new Promise<void>((resolve) => file.end(`\n],"counts":${JSON.stringify(counts)}}\n`, resolve));
  }

  summary(): string {
    const parts = [...this.byReason].map(([reason, { count, examples }]) => {
      const shown = examples.map((line) => `    ${line.id}  ${printable(line.title)}`);
      const more = count > examples.length ? [`    and ${count - examples.length} more`] : [];
      // Of what comes in numbers and interests nobody one by one, only the number.
      const quiet = reason.startsWith("nav_menu_item") || reason.startsWith("attachment");
      return [`  ${printable(reason)} (${count})`, ...(quiet ? [] : [...shown, ...more])].join("\n");
    });
    return parts.length === 0 ? "" : `\n${parts.join("\n")}\n`;
  }
}

/** A title from a foreign file must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ").slice(0, 100);
}

function summaryOf(counts: ImportCounts, dryRun: boolean): string {
  const found = Object.entries(counts.found).map(([kind, count]) => `${count} ${kind}`);
  return [
    "",
    dryRun ? "Nothing was written. This would be brought over:" : "Brought over:",
    `  ${counts.articlesPublished} articles published, ${counts.articlesKeptAsDrafts} kept as drafts, ${counts.articlesAlreadyThere} already there`,
    `  ${counts.commentsPublished} comments published, ${counts.commentsHeld} held for a moderator, ${counts.commentsAlreadyThere} already there`,
    `  ${counts.people} people, ${counts.topics} topics, ${counts.pictures} pictures, ${counts.pingbacks} notices of other sites`,
    `  ${counts.skipped} skipped, ${counts.failed} failed`,
    `  of ${found.join(", ") || "nothing"} in the file`,
  ].join("\n");
}

try {
  await program.parseAsync();
} catch (error) {
  if (!isForThePerson(error) && !(error instanceof Error && error.name === "WxrError")) throw error;
  console.error(`\n${error.message}`);
  // The first reading goes through the whole file before anything is written.
  if (error.name === "WxrError")
    console.error("Nothing was brought over. Export it again, or mend it, and run the same command.");
  process.exitCode = 1;
}
