import "server-only";
// Bytes from a file, as the body of an answer.
import type { Readable } from "node:stream";

/** The stream as the web knows streams: read as fast as the reader takes it, closed when the reader goes away. */
export function byteStream(source: Readable): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => {
      source.destroy();
    },
  });
}
