// A kept picture at one of its widths, for whoever has its address.
import type { Readable } from "node:stream";
import { DomainError } from "@/lib/domain/errors";
import { fileSize, openFile } from "@/lib/media/files";
import type { Context } from "@/lib/services/context";

/**
 * The bytes of a kept file, by its id or by the name of a smaller one; null when only its being there is asked for, which opens nothing.
 * @throws DomainError `not_found`
 */
export async function readFile(_ctx: Context, input: { id: string; unopened: boolean }): Promise<Readable | null> {
  const found = input.unopened ? await fileSize(input.id) : await openFile(input.id);
  if (found === null) throw new DomainError("not_found");
  return typeof found === "number" ? null : found.stream;
}
