// What a reviewer is told of changes outside the running text.
import { expect, it } from "vitest";
import { type ChangedDetail, changedDetails, type DetailedText } from "@/lib/domain/changed-details";
import { renderMarkdown } from "@/lib/text/markdown";

const html = (markdown: string) =>
  renderMarkdown(markdown, { dialect: "article", ownOrigin: "https://o.example" }).html;

const text: DetailedText = {
  ...{ title: "How bees dance", summary: "They waggle.", slug: "bees", topics: ["Bees"], licence: "CC BY 4.0" },
  copyrightHolder: "Ada",
  html: html(
    "See [this](https://a.example/?x=1&y=2) and [that](/topics).\n\n![A bee](/u/aaaaaaaaaaaaaaaaaaaaaa)\n\n## Top\n",
  ),
};

const print = (detail: ChangedDetail) =>
  detail.kind === "words"
    ? `${detail.name}: ${detail.pieces.map(({ kind, text }) => ({ same: text, added: `+${text}`, removed: `-${text}` })[kind]).join("|")}`
    : `${detail.name}: ${[...detail.removed.map((one) => `-${one}`), ...detail.added.map((one) => `+${one}`)].join(", ")}`;

it.each<[string, Partial<DetailedText>, string[]]>([
  ["nothing", {}, []],
  ["words of the title", { title: "How wasps dance" }, ["Title: How |-bees|+wasps| dance"]],
  ["a summary that was taken away", { summary: "" }, ["Summary: -They waggle."]],
  ["an address", { slug: "dances" }, ["Address: -bees, +dances"]],
  ["topics, whatever their order", { topics: ["Dances", "Bees"] }, ["Topics: +Dances"]],
  [
    "whose it is and on what terms",
    { copyrightHolder: "", licence: "CC0" },
    ["Copyright Protected: -Ada", "Licence: -CC BY 4.0, +CC0"],
  ],
  [
    "where links lead, and what images show",
    { html: html("See [this](https://b.example) and [that](/topics).\n\n![A wasp](/u/aaaaaaaaaaaaaaaaaaaaaa)") },
    [
      "Links: -https://a.example/?x=1&y=2, +https://b.example/",
      "Images: -A bee (/u/aaaaaaaaaaaaaaaaaaaaaa), +A wasp (/u/aaaaaaaaaaaaaaaaaaaaaa)",
    ],
  ],
  [
    "words around the same link, which are no detail",
    { html: html("Read [it](https://a.example/?x=1&y=2), [that](/topics). ![A bee](/u/aaaaaaaaaaaaaaaaaaaaaa)") },
    [],
  ],
])("tells of %s", (_, change, expected) => {
  expect(changedDetails(text, { ...text, ...change }).map(print)).toEqual(expected);
});
