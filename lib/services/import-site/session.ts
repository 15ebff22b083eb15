// What one run of an import carries along.
import type { Permit } from "@/lib/domain/permissions";
import type { Notebook } from "@/lib/services/import-site/notebook";
import type { PictureShelf } from "@/lib/services/import-site/pictures";
import type { Report } from "@/lib/services/import-site/report";
import type { WxrAuthor, WxrSite } from "@/lib/text/wxr";

export interface Session {
  permit: Permit<"site.import">;
  now: Date;
  ownOrigin: string;
  /** Nothing is written. */
  dryRun: boolean;
  pingbacks: "list" | "skip";
  /** Whether a discussion that was closed over there stays closed. */
  discussions: "keep" | "open";
  report: Report;
  notebook: Notebook;
  /** Null without a media folder. */
  pictures: PictureShelf | null;
  site: WxrSite;
  /** Names the old site in the record of what came from it. */
  source: string;
  /** By login name. */
  authors: Map<string, WxrAuthor>;
  /** What the file says about its topics, by taxonomy and slug. */
  topicDescriptions: Map<string, string>;
  /** People and topics written or found in this run. */
  people: Map<string, { id: number; name: string }>;
  topics: Map<string, number>;
}

/** How long one transaction of an import may take, in milliseconds; nobody waits for a page meanwhile. */
export const importTransactionMs = 120_000;
