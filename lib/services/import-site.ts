// Brings the content of a WordPress site over from its export (WXR): articles, people, topics, discussions, pictures. The file is
// read twice, as a stream; nothing in it is ever run. A second run brings only what the first one did not.
import { isDomainError } from "@/lib/domain/errors";
import { fateOfPost } from "@/lib/domain/imported-post";
import { authorize } from "@/lib/domain/permissions";
import { bringArticle, earlierArticle } from "@/lib/services/import-site/article";
import { bringDiscussion } from "@/lib/services/import-site/discussion";
import { MediaFolder } from "@/lib/services/import-site/media-folder";
import { Notebook } from "@/lib/services/import-site/notebook";
import { PictureShelf } from "@/lib/services/import-site/pictures";
import { type ImportCounts, Report, type ReportLine } from "@/lib/services/import-site/report";
import type { Session } from "@/lib/services/import-site/session";
import { Survey } from "@/lib/services/import-site/survey";
import { htmlToName } from "@/lib/text/html-to-markdown";
import { readWxr, type WxrEntry, type WxrItem, type WxrSite } from "@/lib/text/wxr";

export type { ImportCounts, ReportLine } from "@/lib/services/import-site/report";

export interface ImportWordpress {
  /** Opens the export anew, each time from its beginning. Exports in several files are several of these. */
  files: (() => AsyncIterable<Uint8Array | string>)[];
  /** Folder with the old site's pictures (its wp-content/uploads). */
  media?: string;
  pingbacks: "list" | "skip";
  /** Whether discussions that were closed over there stay closed. */
  discussions: "keep" | "open";
  dryRun: boolean;
  onLine(line: ReportLine): void;
  /** Told after every item what is being done. */
  onProgress?(step: { reading: "first" | "second"; items: number }): void;
}

/** Items that fail one after the other until the run stops: then it is not the items' fault. */
const failuresInARow = 20;

/**
 * Imports a WordPress site.
 * @throws WxrError when a file cannot be read through: then nothing was written; DomainError `unavailable` when the database is away
 */
export async function importWordpress(
  input: ImportWordpress,
  options: { now: Date; ownOrigin: string },
): Promise<ImportCounts> {
  const permit = authorize({ kind: "system" }, "site.import");
  const report = new Report(input.onLine);
  const folder = input.media === undefined ? null : await MediaFolder.open(input.media);
  const pictures = folder && new PictureShelf(folder, { permit, report, dryRun: input.dryRun });
  const notebook = await Notebook.open();
  const { pingbacks, discussions, dryRun } = input;
  const session: Session = {
    ...{ permit, report, pictures, notebook, pingbacks, discussions, dryRun, ...options },
    site: { title: "", link: "", language: "" },
    source: "wordpress",
    authors: new Map(),
    topicDescriptions: new Map(),
    people: new Map(),
    topics: new Map(),
  };
  try {
    const survey = new Survey(session);
    await readThrough(input, "first", async (entry) => {
      if (entry.kind === "site") nameSource(session, entry.site);
      await survey.note(entry);
    });
    const bring = bringer(session);
    await readThrough(input, "second", async (entry) => {
      if (entry.kind === "site") nameSource(session, entry.site);
      if (entry.kind === "item") await bring(entry.item);
    });
    return report.counts;
  } finally {
    pictures?.close();
    await notebook.close();
  }
}

/** One site's things keep their numbers in every export of it; another site has the same numbers for other things. */
function nameSource(session: Session, site: WxrSite): void {
  session.site = site;
  session.source = `wordpress ${site.link}`;
}

async function readThrough(
  input: ImportWordpress,
  reading: "first" | "second",
  work: (entry: WxrEntry) => Promise<void>,
): Promise<void> {
  let items = 0;
  for (const open of input.files) {
    for await (const entry of readWxr(open())) {
      await work(entry);
      if (entry.kind !== "item") continue;
      items += 1;
      input.onProgress?.({ reading, items });
    }
  }
}

/** Brings one item after another; one that cannot be brought is reported, and the run goes on. */
function bringer(session: Session): (item: WxrItem) => Promise<void> {
  let failures = 0;
  return async (item) => {
    session.report.found(item.type);
    try {
      await bring(session, item);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (isDomainError(error) || failures >= failuresInARow) throw error;
      const reason = error instanceof Error ? (error.message.split("\n").at(-1) ?? "") : "unknown";
      session.report.line({ ...lineOf(item), outcome: "failed", reason });
    }
  };
}

async function bring(session: Session, item: WxrItem): Promise<void> {
  const { report } = session;
  const fate = fateOfPost(item, session.now);
  if (fate.kind === "skip") {
    report.line({ ...lineOf(item), outcome: "skipped", reason: fate.reason });
    const comments = item.comments.length;
    const reason = `${comments} under something that was skipped`;
    if (comments > 0) report.line({ ...lineOf(item), kind: "comments", outcome: "skipped", reason });
    return;
  }
  const earlier = await earlierArticle(session, item);
  if (earlier) {
    report.counts.articlesAlreadyThere += 1;
    report.line({ ...lineOf(item), outcome: "already there", reason: "brought by an earlier run" });
  } else if (fate.kind === "draft") {
    report.line({ ...lineOf(item), outcome: "kept as a draft", reason: fate.reason });
  }
  const article = earlier ?? (await bringArticle(session, item, fate.kind === "publish"));
  await bringDiscussion(session, item, session.dryRun ? null : article);
}

function lineOf(item: WxrItem): Pick<ReportLine, "kind" | "id" | "title"> {
  return { kind: item.type, id: item.id, title: htmlToName(item.title) };
}
