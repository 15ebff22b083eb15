import { expect, it } from "vitest";
import { type CacheFacts, cacheControlFor } from "@/lib/edge/cache-control";

const next = "private, no-cache, no-store, max-age=0, must-revalidate";
const plain: CacheFacts = { path: "/", status: 200, given: undefined, setsCookie: false, storable: false, dev: false };
const forEver = "public, max-age=31536000, immutable";

it.each<[string, Partial<CacheFacts>, string]>([
  ["a page that says nothing is private", {}, "private, no-store"],
  ["a page of Next's own making, too", { given: next }, "private, no-store"],
  ["also a prerendered one", { given: "s-maxage=31536000" }, "private, no-store"],
  ["a deliberate word is kept", { given: "public, max-age=3600" }, "public, max-age=3600"],
  ["but not with a cookie", { given: "public, max-age=3600", setsCookie: true }, "private, no-store"],
  ["a page for everybody is asked for again", { storable: true, given: next }, "no-cache"],
  ["unless it may be a little old", { storable: true, given: "public, max-age=86400" }, "public, max-age=86400"],
  ["but not with a cookie", { storable: true, setsCookie: true }, "private, no-store"],
  ["Next's files never change", { path: "/_next/static/chunks/4-ab.js" }, forEver],
  ["nor do ours with a hash", { path: "/assets/site-1A2B3C4D.js" }, forEver],
  ["in capitals alone", { path: "/assets/site-ABCDEFGH.css" }, forEver],
  ["also when this process keeps them", { path: "/assets/site-1A2B3C4D.js", storable: true }, forEver],
  ["or in a folder", { path: "/assets/fonts/literata.1a2b3c4d.woff2" }, forEver],
  ["a long word is no hash", { path: "/assets/main-stylesheet.css" }, "private, no-store"],
  ["a short number is none", { path: "/assets/photo-2024.png", given: "public, max-age=0" }, "public, max-age=0"],
  ["elsewhere it is no promise", { path: "/other/site-1a2b3c4d.js" }, "private, no-store"],
  ["a file that is not there may come", { path: "/assets/site-1a2b3c4d.js", status: 404 }, "private, no-store"],
  ["hot reload's files change", { path: "/_next/static/chunks/4-ab.js", dev: true }, "private, no-store"],
])("%s", (_, facts, expected) => {
  expect(cacheControlFor({ ...plain, ...facts })).toBe(expected);
});
