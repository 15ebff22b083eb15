// What runs in the worker for differences: two texts in, what changed out. Built into generated/difference-worker.mjs, since a
// worker thread starts from a plain file.
import { parentPort } from "node:worker_threads";
import { wordDifference } from "@/lib/text/diff";
import type { DifferenceAnswer, DifferenceOrder } from "@/lib/text/difference-pool";
import { renderedDifference } from "@/lib/text/rendered-difference";
import { asSafeHtml } from "@/lib/text/safe-html";
import { sourceDifference } from "@/lib/text/source-difference";

function compare(order: DifferenceOrder): DifferenceAnswer {
  if (order.kind === "rendered") {
    const difference = renderedDifference(order.before, order.now, { fold: true });
    return difference ? { kind: "rendered", difference } : { kind: "too_different", passing: false };
  }
  return order.kind === "source"
    ? { kind: "source", lines: sourceDifference(order.before, order.now) }
    : { kind: "words", pieces: wordDifference(order.before, order.now) };
}

// The first comparison compiles the code; it is done before the worker says that it is ready, on nobody's time.
const [before, now] = ["<p>One of <em>two</em> texts.</p>", "<p>The other <em>of</em> two texts.</p>"].map(asSafeHtml);
if (before && now) renderedDifference(before, now, { fold: true });
sourceDifference("one\nof two\n", "the other\nof two\n");

parentPort?.on("message", (order: DifferenceOrder) => parentPort?.postMessage(compare(order)));
parentPort?.postMessage("ready");
