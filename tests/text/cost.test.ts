// No text may cost much more than its length (R58, F19). Measured in processor time of this process, so that other work on the
// machine does not matter; the bound is generous, since what it catches takes minutes.
import { describe, expect, test, vi } from "vitest";
import { skeleton } from "@/lib/text/confusables";
import { hostToShow, linkTarget } from "@/lib/text/link-target";
import { renderMarkdown } from "@/lib/text/markdown";
import { hasVisibleContent, normalizeName, normalizeText } from "@/lib/text/normalize";
import type { Dialect } from "@/lib/text/rendered";
import { slugify } from "@/lib/text/slug";
import { countWords } from "@/lib/text/words";
import { hostileShapes } from "../support/hostile-shapes";

// Much work on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 300_000 });

const ownOrigin = "https://talk.example";
const boundMs = 2_000;

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Measured once more when it was too slow, because the collector and the compiler count too. */
function cost(work: () => void): number {
  const first = processorMs(work);
  return first < boundMs ? first : Math.min(first, processorMs(work));
}

// The longest that each may be.
const lengths: readonly (readonly [Dialect, number])[] = [
  ["comment", 10_000],
  ["article", 100_000],
];

test("there are at least forty-four shapes, as in the paper, each with a name of its own", () => {
  expect(new Set(hostileShapes.map((shape) => shape.name)).size).toBe(hostileShapes.length);
  expect(hostileShapes.length).toBeGreaterThanOrEqual(44);
});

describe.each(lengths)("rendering of one %s of %i characters", (dialect, length) => {
  test("costs less than 2 s for every hostile shape", () => {
    const tooSlow = hostileShapes.flatMap(({ name, make }) => {
      const source = make(length);
      const ms = cost(() => renderMarkdown(source, { dialect, ownOrigin }));
      return ms < boundMs ? [] : [`${name}: ${Math.round(ms)} ms`];
    });
    expect(tooSlow).toEqual([]);
  });
});

describe("other work on a hostile text of 100,000 characters", () => {
  const target = linkTarget("https://far.example/", ownOrigin);
  const tools: readonly (readonly [string, (text: string) => unknown])[] = [
    ["normalising it", normalizeText],
    ["normalising it as a name", normalizeName],
    ["looking for something visible in it", hasVisibleContent],
    ["comparing it as a name", skeleton],
    ["making an address of it", slugify],
    ["counting its words", countWords],
    ["judging it as an address", (text) => linkTarget(`https://a.example/${text.slice(0, 1_900)}`, ownOrigin)],
    ["looking for hosts in it", (text) => target && hostToShow(text, target)],
  ];
  test.each(tools)(
    "%s costs less than 2 s",
    (_name, tool) => {
      const tooSlow = hostileShapes.flatMap(({ name, make }) => {
        const text = make(100_000);
        const ms = cost(() => tool(text));
        return ms < boundMs ? [] : [`${name}: ${Math.round(ms)} ms`];
      });
      expect(tooSlow).toEqual([]);
    },
    120_000,
  );
});
