// Which texts count as nearly the same.
import { expect, it } from "vitest";
import { areAlike, likeness, runsOf } from "@/lib/text/likeness";

const advert = "Earn 5000 a week from home, no experience needed! Visit best-jobs.example and sign up for free today.";

it.each<[string, string, string, boolean]>([
  ["the same text", advert, advert, true],
  ["another address in it", advert, advert.replace("best-jobs", "top-jobs"), true],
  ["other letters and signs", advert, advert.toUpperCase().replaceAll(",", " —"), true],
  ["a greeting before it", advert, `Hello friends! ${advert}`, true],
  ["another text", advert, "I doubt that the sky is dark for want of dust; Olbers asked the same.", false],
  [
    "a text about the same thing",
    advert,
    "You can earn some money from home, but nobody pays 5000 a week for it.",
    false,
  ],
  ["short ones that differ in a letter", "Buy cheap pills here", "Buy cheap pill here", true],
  ["short ones that differ", "Buy cheap pills here", "Thank you for this", false],
  ["one letter each", "a", "b", false],
  [
    "another script",
    "Заработок на дому без опыта, пиши в личку сегодня же",
    "заработок на дому, без опыта: пиши в личку сегодня же!",
    true,
  ],
])("%s", (_sentence, one, other, expected) => {
  expect(areAlike(runsOf(one), runsOf(other))).toBe(expected);
});

it("is bounded, however long the texts are", () => {
  const long = runsOf(Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(" "));
  expect(long.size).toBe(400);
  expect(likeness(long, long)).toBe(1);
});
