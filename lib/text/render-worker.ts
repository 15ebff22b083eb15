// What runs in the render worker: one text in, one rendering out. Built into generated/render-worker.mjs, since a worker
// thread starts from a plain file.
import { parentPort } from "node:worker_threads";
import { renderMarkdown } from "@/lib/text/markdown";
import type { RenderOptions } from "@/lib/text/rendered";

interface Order {
  source: string;
  options: RenderOptions;
}

// The first rendering compiles code and grammars; it is done before the worker says that it is ready, on nobody's time.
renderMarkdown("# Warm *up*\n\n```js\n1\n```\n\n| a |\n|---|\n| b |\n", {
  dialect: "article",
  ownOrigin: "https://localhost",
});

parentPort?.on("message", (order: Order) => parentPort?.postMessage(renderMarkdown(order.source, order.options)));
parentPort?.postMessage("ready");
