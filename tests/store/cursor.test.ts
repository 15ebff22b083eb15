// Cursors in addresses: what is printed is read back, and nonsense is none.
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseCursor, printCursor } from "@/lib/store/cursor";

it("reads back what it printed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), fc.nat({ max: 999_999_999 }), (time, id) => {
      const cursor = { at: new Date(time), id };
      expect(parseCursor(printCursor(cursor))).toEqual(cursor);
    }),
  );
});

it.each([
  undefined,
  "",
  "1",
  "1.",
  ".1",
  "1.2.3",
  "-1.2",
  "1.-2",
  "1e3.2",
  " 1.2",
  "1.2\n",
  "999999999999999.1",
  "1.9999999999",
  "1.2; DROP TABLE comments",
  "٣.٤",
])("takes %j for none", (text) => {
  expect(parseCursor(text)).toBeNull();
});
