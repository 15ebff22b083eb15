// Long texts in readable parts, with nothing lost between them.
import { describe, expect, test } from "vitest";
import { splitMarkdown } from "@/lib/text/split-markdown";

const paragraph = (n: number) => `Paragraph ${n} ${"word ".repeat(20)}`.trim();

describe("where it cuts", () => {
  test.each([
    ["a short text is one part", "One\n\nTwo", 100, ["One\n\nTwo"]],
    ["between paragraphs", "aaaa\n\nbbbb\n\ncccc", 12, ["aaaa\n\nbbbb", "cccc"]],
    [
      "before a heading that comes in the second half",
      "aaaaaaaaaa\n\n## H\n\nbbbbbb",
      20,
      ["aaaaaaaaaa", "## H\n\nbbbbbb"],
    ],
    ["never inside code", "aa\n\n```\nb\n\nc\n```\n\ndd", 14, ["aa", "```\nb\n\nc\n```", "dd"]],
    ["a list stays with what is set in under it", "aaaaaaaa\n\n- b\n\n  c\n\nd", 15, ["aaaaaaaa", "- b\n\n  c\n\nd"]],
    ["a block that is too long by itself is cut between words", "aaa bbb ccc ddd", 10, ["aaa bbb", "ccc ddd"]],
  ])("%s", (_, text, most, parts) => expect(splitMarkdown(text, most)).toEqual(parts));
});

test("parts are within the length, and together they are the text", () => {
  const text = Array.from({ length: 300 }, (_, n) => paragraph(n)).join("\n\n");
  const parts = splitMarkdown(text, 5_000);
  expect(parts.length).toBeGreaterThan(5);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(5_000);
  expect(parts.join("\n\n")).toBe(text);
});

test("a code block longer than a part is fenced in every part, with its language", () => {
  const parts = splitMarkdown(`\`\`\`php\n${"line of code\n".repeat(100)}\`\`\``, 400);
  expect(parts.every((part) => /^```php\n[\s\S]+\n```$/.test(part) && part.length <= 400)).toBe(true);
  expect(parts.join("").match(/line of code/g)).toHaveLength(100);
});
