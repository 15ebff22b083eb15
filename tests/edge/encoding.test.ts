import { describe, expect, it } from "vitest";
import { chooseCoding, isCompressible, withVary } from "@/lib/edge/encoding";

describe("Accept-Encoding", () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ["", undefined],
    ["gzip", "gzip"],
    ["x-gzip", "gzip"],
    ["br", "br"],
    ["gzip, deflate, br, zstd", "br"],
    ["GZIP;Q=1, Br;q=1", "br"],
    ["gzip;q=1.0, br;q=0.9", "gzip"],
    ["br;q=0, gzip;q=0.001", "gzip"],
    ["br;q=0, gzip;q=0", undefined],
    ["br; q = 0.5 , gzip ; q = 0.6", "gzip"],
    ["*", "br"],
    ["*;q=0", undefined],
    ["br;q=0, *", "gzip"],
    ["*;q=0, gzip", "gzip"],
    ["identity", undefined],
    ["identity, gzip", "gzip"],
    ["identity;q=1, gzip;q=0.5", undefined],
    ["identity;q=0, gzip;q=0.5", "gzip"],
    ["gzip;q=2", undefined],
    ["gzip;q=", undefined],
    ["gzip;level=9", undefined],
    ["gzip;q=0.5;x=1", undefined],
    ["deflate, zstd", undefined],
    ["xgzip, brotli", undefined],
    [",,;q=1,gzip", "gzip"],
  ])("%s: %s", (header, coding) => {
    expect(chooseCoding(header)).toBe(coding);
  });
});

it.each([
  ["text/html", true],
  ["text/css", true],
  ["text/event-stream", false],
  ["application/json", true],
  ["application/problem+json", true],
  ["application/atom+xml", true],
  ["image/svg+xml", true],
  ["image/png", false],
  ["font/woff2", false],
  ["application/octet-stream", false],
  ["", false],
])("knows whether %s shrinks: %s", (type, shrinks) => {
  expect(isCompressible(type)).toBe(shrinks);
});

it.each([
  [undefined, "Accept-Encoding"],
  ["rsc", "rsc, Accept-Encoding"],
  ["accept-encoding, rsc", "accept-encoding, rsc"],
  ["*", "*"],
])("adds to Vary %s: %s", (present, vary) => {
  expect(withVary(present, "Accept-Encoding")).toBe(vary);
});
