// A kept picture at one of its widths, for whoever has its address; or that it is lost, with the room that it takes up.
import type { Readable } from "node:stream";
import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import { fileSize, isFileName, openFile } from "@/lib/media/files";
import { once } from "@/lib/once";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { sizesOfFiles } from "@/lib/store/files";

/** Its row is there and its bytes are not (F37). */
export interface LostPicture {
  lost: true;
  width: number;
  height: number;
}

/**
 * The bytes of a kept file, by its id or by the name of a smaller one; null when only its being there is asked for, which opens nothing.
 * @throws DomainError `not_found`
 */
export async function readFile(
  _ctx: Context,
  input: { id: string; unopened: boolean },
): Promise<Readable | null | LostPicture> {
  const found = input.unopened ? await fileSize(input.id) : await openFile(input.id);
  if (found === null) return lost(input.id);
  return typeof found === "number" ? null : found.stream;
}

/** An id, or an id and a width. */
const parts = /^([A-Za-z0-9_-]{22})(?:-(\d+))?$/;

async function lost(name: string): Promise<LostPicture> {
  const [, id = "", smaller] = (isFileName(name) && parts.exec(name)) || [];
  const [file] = id === "" ? [] : await sizesOfFiles(database(), [id]);
  const width = smaller === undefined ? file?.width : Number(smaller);
  if (!file || !width || (smaller !== undefined && !file.widths.includes(width))) throw new DomainError("not_found");
  tell(name);
  return { lost: true, width, height: Math.max(1, Math.round((file.height * width) / file.width)) };
}

/** The same picture is told of once an hour: it may stand in an article that everybody reads. */
const toldAgainMs = 3_600_000;
const toldAtMost = 1_000;

function tell(name: string): void {
  const told = once("lost-pictures-told", () => new Map<string, number>());
  if (performance.now() - (told.get(name) ?? Number.NEGATIVE_INFINITY) < toldAgainMs) return;
  if (told.size >= toldAtMost) told.clear();
  told.set(name, performance.now());
  log().error({ name }, "A kept picture is missing. Put its file back from a backup.");
}
