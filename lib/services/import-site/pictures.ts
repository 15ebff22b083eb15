// Takes pictures out of the media folder into our own keeping: each made safe, kept once, with its row.
import { readFile } from "node:fs/promises";
import type { Permit } from "@/lib/domain/permissions";
import { fileSize } from "@/lib/media/files";
import { PictureProcess, type RefusedPicture } from "@/lib/media/pictures";
import type { MediaFolder } from "@/lib/services/import-site/media-folder";
import type { Report } from "@/lib/services/import-site/report";
import { keepPicture, newPictureId } from "@/lib/services/keep-picture";
import { sha256 } from "@/lib/services/tokens";
import { database } from "@/lib/store/client";
import { insertFile } from "@/lib/store/files";
import { findFileOf } from "@/lib/store/imports";
import { keepUsedPictures } from "@/lib/store/picture-uses";
import type { ResolvedImage } from "@/lib/text/html-to-markdown";

const reasons: Record<RefusedPicture, string> = {
  not_a_picture: "not a JPEG, PNG, WebP or GIF",
  too_large: "too large (more than 50 MiB or 40 million pixels)",
  unreadable: "damaged",
  too_slow: "took too long to read",
};

/** Pictures remembered, so that one that stands in many articles is read once. */
const remembered = 10_000;

export class PictureShelf {
  private readonly process = new PictureProcess();
  private readonly known = new Map<string, ResolvedImage | null>();

  constructor(
    private readonly folder: MediaFolder,
    private readonly run: { permit: Permit<"site.import">; report: Report; dryRun: boolean },
  ) {}

  /** Our address of the picture that stood at an old one; null when it is not in the folder or cannot be kept. */
  async take(address: string): Promise<ResolvedImage | null> {
    const file = await this.folder.find(address);
    if (file === null) return null;
    const known = this.known.get(file);
    if (known !== undefined) return known;
    const taken = await this.keep(file);
    if (this.known.size >= remembered) this.known.clear();
    this.known.set(file, taken);
    return taken;
  }

  close(): void {
    this.process.close();
  }

  private async keep(file: string): Promise<ResolvedImage | null> {
    const { permit, report, dryRun } = this.run;
    const hash = sha256(await readFile(file));
    const earlier = await findFileOf(database(), hash);
    if (earlier && (await fileSize(earlier.id)) !== null) {
      if (!dryRun) await keepUsedPictures(database(), `/u/${earlier.id}`);
      return imageOf(earlier.id, earlier.width, earlier.height);
    }
    const safe = await this.process.reencode(file);
    if ("refused" in safe) {
      const title = file.split("/").at(-1) ?? "";
      report.line({ kind: "picture", id: title, title, outcome: "skipped", reason: reasons[safe.refused] });
      return null;
    }
    const id = newPictureId();
    if (!dryRun) {
      const kept = await keepPicture(id, safe);
      await insertFile(database(), permit, { ...kept, alt: "", sha256: hash });
    }
    report.counts.pictures += 1;
    return imageOf(id, safe.width, safe.height);
  }
}

function imageOf(id: string, width: number | null, height: number | null): ResolvedImage {
  return { src: `/u/${id}`, width: width ?? undefined, height: height ?? undefined };
}
