// A kept picture, for whoever has its address.
import type { Readable } from "node:stream";
import { DomainError } from "@/lib/domain/errors";
import { fileSize, openFile } from "@/lib/media/files";
import type { Context } from "@/lib/services/context";

/**
 * Its size in bytes, and its bytes unless only the size is asked for.
 * @throws DomainError `not_found`
 */
export async function readFile(
  _ctx: Context,
  input: { id: string; sizeOnly: boolean },
): Promise<{ bytes: number; stream: Readable | null }> {
  if (input.sizeOnly) {
    const bytes = await fileSize(input.id);
    if (bytes === null) throw new DomainError("not_found");
    return { bytes, stream: null };
  }
  const file = await openFile(input.id);
  if (!file) throw new DomainError("not_found");
  return file;
}
