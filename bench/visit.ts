// A cold visit by a real browser: everything that comes over the wire for one page, headers included, as Chromium itself counts it.
import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "@playwright/test";

export interface LoadedFile {
  path: string;
  type: string;
  /** As sent: packed body and headers. */
  bytes: number;
  encoding: string;
}

export interface Visit {
  files: LoadedFile[];
  bytes: number;
  /** Cumulative layout shift from the first paint until all is quiet. */
  shift: number;
}

/** A page that is read after it has lain for some seconds is packed once more, in its turn: seconds, or minutes on a busy machine. Milliseconds. */
const settledWithin = 240_000;

/**
 * Reads a page until it comes as small as it will: what all but the first readers after a change get.
 * @param wish headers, for a site of several instances whose balancer is told which one to ask
 */
export async function settle(address: string, wish: Record<string, string> = {}): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < settledWithin) {
    const { headers } = await fetch(address, { headers: { "accept-encoding": "br", ...wish } });
    // The front door's mark of its best packing.
    if (headers.get("etag")?.endsWith('-br11"')) return;
    await pause(500);
  }
  throw new Error(`${address} was not packed again.`);
}

/** Opens an address in a browser that has never been there, scrolls through the page and counts. */
export async function visitCold(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  const files = new Map<string, LoadedFile>();
  await client.send("Network.enable");
  client.on("Network.responseReceived", ({ requestId, response, type }) => {
    const { pathname, protocol } = new URL(response.url);
    if (protocol === "data:") return;
    const encoding = response.headers["content-encoding"] ?? response.headers["Content-Encoding"] ?? "";
    files.set(requestId, { path: pathname, type, bytes: 0, encoding });
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  await page.addInitScript(() => {
    let shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += Number(Reflect.get(entry, "value"));
      Reflect.set(window, "layoutShift", shift);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(address, { waitUntil: "networkidle" });
  // Down to the end and back: what is loaded late counts as well.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.waitForLoadState("networkidle");
  const shift = Number(await page.evaluate(() => Reflect.get(window, "layoutShift") ?? 0));
  await context.close();
  const all = [...files.values()].sort((a, b) => b.bytes - a.bytes);
  return { files: all, bytes: all.reduce((sum, { bytes }) => sum + bytes, 0), shift };
}
