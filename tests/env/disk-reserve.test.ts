import { expect, it } from "vitest";
import { reserveIsGone } from "@/scripts/watch-writing";

const gigabyte = 1024 ** 3;

it.each<[string, number, number, boolean, boolean]>([
  ["a large disk with room", 1_000, 100, false, false],
  ["a large disk with a gigabyte: a share of it would be waste", 1_000, 1.1, false, false],
  ["a large disk with less", 1_000, 0.9, false, true],
  ["a small disk by its share", 10, 0.6, false, false],
  ["a small disk with less than that", 10, 0.4, false, true],
  ["one that had been full and has a little more now", 10, 0.6, true, true],
  ["one that had been full and has room again", 10, 0.8, true, false],
])("%s", (_, size, free, wasGone, gone) => {
  expect(reserveIsGone({ size: size * gigabyte, free: free * gigabyte }, wasGone)).toBe(gone);
});
