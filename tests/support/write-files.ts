// A process that keeps one file after another until it is killed, and says the name of each that is kept.
import { newFileId, putFile } from "@/lib/media/files";

for (;;) {
  const name = newFileId();
  await putFile(name, Buffer.alloc(500_000, "x"));
  process.stdout.write(`${name}\n`);
}
