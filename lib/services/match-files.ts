// Kept files that no row knows are dropped once a day (R65); rows without a file are check-pictures' part. Young ones are left alone:
// somebody may be at work on them.
import { dropFile, isFileName, isLeftOver, listFiles } from "@/lib/media/files";
import { database } from "@/lib/store/client";
import { filesKnown } from "@/lib/store/files";

/** Two days, so that a weekend's outage of a database makes no orphans. */
const youngMs = 48 * 3_600_000;
/** Names that are looked up together. */
const atOnce = 500;

/** Drops pictures that no row knows, and what was left over from keeping some. @returns how many */
export async function matchFiles(now = new Date()): Promise<number> {
  return dropUnknown(new Date(now.getTime() - youngMs));
}

async function dropUnknown(before: Date): Promise<number> {
  let dropped = 0;
  let names: string[] = [];
  const look = async () => {
    const known = await filesKnown(
      database(),
      names.map((name) => name.slice(0, idLength)),
    );
    for (const name of names) {
      if (known.has(name.slice(0, idLength))) continue;
      await dropFile(name, "files");
      dropped++;
    }
    names = [];
  };
  for await (const name of listFiles("files", before)) {
    if (isLeftOver(name)) {
      await dropFile(name, "files");
      dropped++;
    } else if (isFileName(name)) names.push(name);
    if (names.length === atOnce) await look();
  }
  await look();
  return dropped;
}

/** Of a name with or without a width. */
const idLength = 22;
