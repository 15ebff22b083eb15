// Lines found again in a text that went on changing.
import { expect, it } from "vitest";
import { lineFinder, quoteOfLine } from "@/lib/text/find-line";

const text = "# Bees\n\nBy the sun.\n- honey\n- wax\n- honey\n\nBy memory.";

it.each([
  ["where it was", 3, "By the sun.", 3],
  ["further down", 1, "By memory.", 8],
  ["further up", 8, "By the sun.", 3],
  ["the nearest of two", 5, "- honey", 4],
  ["the nearest of two, from below", 7, "- honey", 6],
  ["nowhere", 3, "By the moon.", null],
  ["a beginning is no whole line", 3, "By", null],
  ["an empty line is no place", 2, "", null],
])("%s", (_, line, quote, found) => {
  expect(lineFinder(text)({ line, quote })).toBe(found);
});

it("knows a long line by its beginning", () => {
  const long = `${"word ".repeat(200)}end`;
  const quote = quoteOfLine(`x\n  ${long}`, 2);
  expect(quote.length).toBeLessThanOrEqual(500);
  expect(lineFinder(`a\nb\n${long} and more`)({ line: 2, quote })).toBe(3);
});

it.each([
  ["below the end", 99],
  ["of an empty line", 2],
])("has no quote %s", (_, line) => {
  expect(quoteOfLine(text, line)).toBe("");
});
