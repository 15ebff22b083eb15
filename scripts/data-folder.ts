// The data folder: made when missing, checked for rights, and used by one Colloquy at a time, since its database can have only
// one server.
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { claim } from "@/scripts/claim";
import { StartError } from "@/scripts/start-error";

/** Somebody else works with the data folder. */
export class DataFolderInUse extends StartError {}

/** Makes the folder when it is missing. @throws StartError when it cannot be made or written to */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "EEXIST" || code === "ENOTDIR") {
      throw new StartError(
        `The data folder ${folder} cannot be made, because a file of that name is in the way. Give another with DATA_DIR.`,
      );
    }
    throw new StartError(
      `The data folder ${folder} cannot be written by the user "${userInfo().username}" (${String(code)}). Give that user rights to it, or another folder with DATA_DIR.`,
    );
  }
}

/**
 * Claims the folder for this process until the answered function is called or the process ends.
 * @throws DataFolderInUse naming the process that has it
 */
export async function claimDataFolder(folder: string): Promise<() => void> {
  const claimed = await claim(join(folder, "colloquy.lock"));
  if (claimed.heldBy === undefined) return claimed.release;
  throw new DataFolderInUse(
    `The data folder ${folder} is in use by another Colloquy (${claimed.heldBy}). Stop that one first, or give this one a folder of its own with DATA_DIR.`,
  );
}
