// Pictures that members bring, made safe two at a time in each process (R63). Every one gets a child of its own, which ends with it.
import { PictureProcess, type RefusedPicture, type SafePicture } from "@/lib/media/pictures";
import { once } from "@/lib/once";

const atOnce = 2;
/** A longer queue means half a minute of waiting, and a clear "busy" is kinder. */
const longestQueue = 6;

/** Too many pictures are waiting: answer 503. Tell it by `name`, because each of two module worlds has this class. */
export class PicturesBusy extends Error {
  override readonly name = "PicturesBusy";
}

interface Queue {
  working: number;
  waiting: (() => void)[];
}

/**
 * Makes a picture safe to keep, when its turn comes.
 * @throws PicturesBusy when too many wait already
 */
export async function safePicture(bytes: Uint8Array): Promise<SafePicture | { refused: RefusedPicture }> {
  const queue = once("picture-queue", (): Queue => ({ working: 0, waiting: [] }));
  if (queue.working < atOnce) queue.working++;
  else if (queue.waiting.length >= longestQueue) throw new PicturesBusy("Too many pictures are waiting.");
  // Whoever is done hands the place on.
  else await new Promise<void>((resolve) => queue.waiting.push(resolve));
  const worker = new PictureProcess();
  try {
    return await worker.reencode(bytes);
  } finally {
    worker.close();
    const next = queue.waiting.shift();
    if (next) next();
    else queue.working--;
  }
}
