// Whether a page costs more because more exists: the same pages of a smaller and a larger site, drawn anew in turns, so that whatever else
// happens on the machine happens to both.
import { type Answer, Client, textOf } from "@/bench/client";
import { doMany, type Target } from "@/bench/load";
import { questions } from "@/bench/scenarios/searching";
import { randomOf } from "@/bench/site/random";
import { discussionOf } from "@/bench/site/size";
import { createTexts } from "@/bench/site/texts";
import type { Figures } from "@/bench/table";

/** Thrown away: V8 compiles what is often used, and Postgres plans it, in the first of them. */
const warmUp = 15;
const rounds = 25;

const texts = createTexts(2);
const topics = ["animals", "cities", "chemistry", "food", "history", "language", "mathematics", "music", "physics"];

export interface Grown {
  product: Target;
  /** As the lines name it. */
  name: string;
  /** Comments of its longest discussion. */
  longest: number;
}

interface Trial {
  name: string;
  /** Reads the page once, anew. */
  once(site: Grown): Promise<Figures>;
}

interface Wish {
  path: string;
  /** What had to come before has worked. */
  prepared?: boolean;
  onAnswer?: (answer: Answer) => void;
}

const read = ({ product }: Grown, { path, prepared = true, onAnswer = () => {} }: Wish) =>
  doMany(path, product, {
    count: 1,
    atOnce: 1,
    work: async () => {
      const answer = await new Client(product.origin).get(path, { accept: "text/html" });
      onAnswer(answer);
      return { bytes: answer.body.length, ok: answer.status === 200 && prepared };
    },
  });

/** The page at `path`, after its reader has posted a comment that stands on it. */
function afterPosting(name: string, of: (site: Grown) => { slug: string; path: string }): Trial {
  const speakers = new Map<Grown, () => { body: string }>();
  return {
    name,
    async once(site) {
      const { slug, path } = of(site);
      const next = speakers.get(site) ?? texts.speaker(randomOf(process.pid, path.length));
      speakers.set(site, next);
      // Somebody new each time: who says much at once may have to wait for a moderator, and the page stays as it is.
      const posted = await new Client(site.product.origin).postJson(`/api/v1/articles/${slug}/comments`, {
        body: next().body,
      });
      return read(site, { path, prepared: posted.body.includes('"published"') });
    },
  };
}

/** Page after page of the topics, each for the first time, since nobody changes one meanwhile. */
function pagesOfTopics(): Trial {
  const toRead = new Map<Grown, string[]>();
  return {
    name: "A page of a topic",
    once(site) {
      const paths = toRead.get(site) ?? topics.map((topic) => `/topics/generated-${topic}`);
      toRead.set(site, paths);
      return read(site, {
        path: paths.shift() ?? "/no-more-pages",
        onAnswer: (answer) => {
          const next = /href="(\/topics\/generated-\w+\?before=[^"]+)"/.exec(textOf(answer))?.[1];
          if (next) paths.push(next.replaceAll("&amp;", "&"));
        },
      });
    },
  };
}

const article = (comments: number) => ({ slug: discussionOf(comments), path: `/articles/${discussionOf(comments)}` });

const trials: readonly Trial[] = [
  afterPosting("Front page", () => ({ slug: discussionOf(100), path: "/" })),
  pagesOfTopics(),
  afterPosting("Article with 100 comments", () => article(100)),
  afterPosting("Its longest discussion, the first page", ({ longest }) => article(longest)),
  ...questions.map(([name, words]) => ({
    name: `Search for ${name}`,
    once: (site: Grown) => read(site, { path: `/search?q=${encodeURIComponent(words)}` }),
  })),
];

function middleOf(name: string, lines: readonly Figures[]): Figures {
  const of = (pick: (line: Figures) => number, share = 0.5) =>
    lines.map(pick).sort((a, b) => a - b)[Math.floor(lines.length * share)] ?? Number.NaN;
  const p50 = of((line) => line.p50);
  return {
    ...{ name, p50, perSecond: 1_000 / p50, p99: of((line) => line.p99, 0.99) },
    ...{ cpuMs: of((line) => line.cpuMs), databaseMs: of((line) => line.databaseMs), bytes: of((line) => line.bytes) },
    failures: lines.reduce((sum, line) => sum + line.failures, 0),
  };
}

export interface Growth {
  name: string;
  /** For each site, in the order they were given. */
  figures: Figures[];
}

/** What each page costs on each site: the middle of `rounds`. */
export async function growth(sites: readonly Grown[]): Promise<Growth[]> {
  const lines: Growth[] = [];
  for (const { name, once } of trials) {
    const seen = sites.map((): Figures[] => []);
    for (let round = 0; round < warmUp + rounds; round++) {
      for (const [nth, site] of sites.entries()) {
        const figures = await once(site);
        if (round >= warmUp) seen[nth]?.push(figures);
      }
    }
    lines.push({ name, figures: seen.map((each, nth) => middleOf(`${name}, ${sites[nth]?.name}`, each)) });
  }
  return lines;
}

const digits = (ms: number) => ms.toFixed(1);

/** A Markdown table: processor time and, within brackets, the database's, for the first and the last site, and how many times as much. */
export function growthTable(lines: readonly Growth[], names: readonly string[]): string {
  const rows = lines.map(({ name, figures }) => {
    const cells = figures.map(({ cpuMs, databaseMs, failures }) => {
      const cost = `${digits(cpuMs)} (${digits(databaseMs)})`;
      return failures > 0 ? `${cost} ${failures} FAILED` : cost;
    });
    const sums = figures.map(({ cpuMs, databaseMs }) => cpuMs + databaseMs);
    return `| ${name} | ${cells.join(" | ")} | ${((sums.at(-1) ?? 0) / (sums[0] ?? 0)).toFixed(2)} |`;
  });
  return [
    `| Processor time, ms (database) | ${names.join(" | ")} | times |`,
    `| --- | ${names.map(() => "---:").join(" | ")} | ---: |`,
    ...rows,
  ].join("\n");
}
