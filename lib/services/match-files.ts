// Kept files and what is known of them are brought together once a day (R65, F37): bytes that no row knows are dropped, a row whose
// bytes are gone is told to whoever runs the site. Young ones are left alone: somebody may be at work on them.
import { log } from "@/lib/log";
import { dropFile, fileSize, isFileName, isLeftOver, listFiles } from "@/lib/media/files";
import { type Database, database } from "@/lib/store/client";
import { filesKnown, listFileIds } from "@/lib/store/files";

/** Two days, so that a weekend's outage of a database makes no orphans. */
const youngMs = 48 * 3_600_000;
/** Names that are looked up together. */
const atOnce = 500;

/** Drops pictures that no row knows, and logs rows whose picture is gone. @returns how many of each */
export async function matchFiles(
  _db: Database = database(),
  now = new Date(),
): Promise<{ dropped: number; missing: number }> {
  const before = new Date(now.getTime() - youngMs);
  return { dropped: await dropUnknown(before), missing: await tellMissing(before) };
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

async function tellMissing(before: Date): Promise<number> {
  let missing = 0;
  for (let after = ""; ; ) {
    const ids = await listFileIds(database(), { before, after, limit: atOnce });
    for (const id of ids) {
      if ((await fileSize(id)) !== null) continue;
      missing++;
      log().warn({ id }, "A kept picture is missing. Put its file back from a backup.");
    }
    const last = ids.at(-1);
    if (ids.length < atOnce || last === undefined) return missing;
    after = last;
  }
}
