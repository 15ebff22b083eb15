// Who is named on an article: a row for each rule.
import { expect, it } from "vitest";
import { type Credited, computeCredits, survivingWords } from "@/lib/domain/credits";

const [ada, bela, cleo] = [1, 2, 3];
const named = (name: string): Credited => ({ userId: null, name });
const print = (people: readonly Credited[]) => people.map(({ userId, name }) => name ?? userId);

interface Row {
  says: string;
  runs: [number | null, number][];
  begunBy?: number | null;
  authors?: number[];
  present?: { written?: Credited[]; edited?: Credited[] };
  written: (number | string)[];
  edited: (number | string)[];
}

const rows: Row[] = [
  { says: "who wrote it all is its writer", runs: [[ada, 100]], written: [ada], edited: [] },
  {
    says: "who mends a word is an editor, and takes nothing from the writer",
    ...{
      runs: [
        [ada, 99],
        [bela, 1],
      ],
      authors: [ada, bela],
      written: [ada],
      edited: [bela],
    },
  },
  {
    says: "who wrote a fifth of what is left is a writer too",
    ...{
      runs: [
        [ada, 80],
        [bela, 20],
      ],
      authors: [ada, bela],
      written: [ada, bela],
      edited: [],
    },
  },
  {
    says: "a little less than a fifth is editing",
    ...{
      runs: [
        [ada, 81],
        [bela, 19],
      ],
      authors: [ada, bela],
      written: [ada],
      edited: [bela],
    },
  },
  {
    says: "who began it stays first, though others wrote nearly all of what is left",
    ...{
      runs: [
        [bela, 60],
        [ada, 1],
        [cleo, 39],
      ],
      authors: [ada, bela],
      written: [ada, bela, cleo],
      edited: [],
    },
  },
  {
    says: "who began it stays, even when no word of theirs is left",
    ...{ runs: [[bela, 100]], authors: [ada, bela], written: [ada, bela], edited: [] },
  },
  {
    says: "who only took words away has edited",
    ...{ runs: [[ada, 50]], authors: [ada, cleo], written: [ada], edited: [cleo] },
  },
  {
    says: "runs of one author in several places are added up",
    ...{
      runs: [
        [bela, 10],
        [ada, 80],
        [bela, 10],
      ],
      authors: [ada, bela],
      written: [ada, bela],
      edited: [],
    },
  },
  {
    says: "an imported text is by those it came with, whoever mends it",
    runs: [
      [null, 95],
      [bela, 5],
    ],
    ...{ begunBy: null, authors: [bela], present: { written: [named("Old Master")], edited: [named("Old Hand")] } },
    ...{ written: ["Old Master"], edited: ["Old Hand", bela] },
  },
  {
    says: "an imported text of which nothing is left names those it came with as editors",
    runs: [[bela, 100]],
    ...{ begunBy: null, authors: [bela], present: { written: [named("Old Master")] } },
    ...{ written: [bela], edited: ["Old Master"] },
  },
  {
    says: "a text without any account of its words is by those it came with",
    ...{ runs: [], begunBy: null, present: { written: [named("Old Master")] }, written: ["Old Master"], edited: [] },
  },
  {
    says: "a member whom the article names otherwise keeps that name",
    ...{ runs: [[ada, 9]], present: { written: [{ userId: ada, name: "Ada the Elder" }] }, written: ["Ada the Elder"] },
    edited: [],
  },
  {
    says: "who was named before is not forgotten, and nobody is named twice",
    runs: [
      [ada, 50],
      [bela, 50],
    ],
    ...{
      authors: [ada, cleo],
      present: { written: [{ userId: ada, name: null }], edited: [{ userId: bela, name: null }] },
    },
    ...{ written: [ada, bela], edited: [cleo] },
  },
  {
    says: "of a text that nobody is known to have written, nobody is named",
    runs: [],
    begunBy: null,
    written: [],
    edited: [],
  },
];

it.each(rows)("$says", ({ runs, begunBy = ada, authors = [], present, written, edited }) => {
  const facts = { begunBy, authors, words: survivingWords(runs, 100) };
  const credits = computeCredits({ ...facts, present: { written: [], edited: [], ...present } });
  expect([print(credits.written), print(credits.edited)]).toEqual([written, edited]);
});
