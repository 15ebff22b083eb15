// What the person at the keyboard sees while something takes its time: on a terminal one line that counts the seconds, elsewhere
// a plain line when a step begins and ends. Steps that are over at once say nothing.
import { clearInterval, setInterval } from "node:timers";

/** Below this a step is not worth a line, in milliseconds. */
const worthTelling = 700;

/** How often the line on a terminal is drawn anew, and how often a plain log hears that the work goes on. */
const redraw = 200;
const reassure = 15_000;

const marks = ["·  ", "·· ", "···", " ··", "  ·", "   "];

const seconds = (ms: number) => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

export interface Progress {
  /** Runs `work` as a step called `words` ("Building the site"); `say` changes the words while it runs. */
  step<T>(words: string, work: (say: (words: string) => void) => Promise<T>): Promise<T>;
}

/** Progress lines on `out`. */
export function createProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  return { step: (words, work) => (out.isTTY ? liveStep(out, words, work) : plainStep(out, words, work)) };
}

async function liveStep<T>(
  out: NodeJS.WriteStream,
  first: string,
  work: (say: (words: string) => void) => Promise<T>,
): Promise<T> {
  const began = Date.now();
  let words = first;
  let turn = 0;
  const draw = () => {
    const line = `  ${marks[turn++ % marks.length]} ${words} … ${seconds(Date.now() - began)}`;
    if (Date.now() - began >= worthTelling) out.write(`\r\x1b[2K${line.slice(0, Math.max(20, out.columns ?? 80) - 1)}`);
  };
  const timer = setInterval(draw, redraw);
  const end = (line: string) => {
    clearInterval(timer);
    if (Date.now() - began >= worthTelling) out.write(`\r\x1b[2K${line}`);
  };
  try {
    const result = await work((next) => {
      words = next;
    });
    end(`  ✓   ${first} (${seconds(Date.now() - began)})\n`);
    return result;
  } catch (error) {
    end("");
    throw error;
  }
}

async function plainStep<T>(
  out: NodeJS.WriteStream,
  first: string,
  work: (say: (words: string) => void) => Promise<T>,
): Promise<T> {
  const began = Date.now();
  let words = first;
  let told = false;
  const tell = (line: string) => {
    told = true;
    out.write(`${line}\n`);
  };
  const begin = setTimeout(() => tell(`${words} …`), worthTelling);
  const timer = setInterval(() => tell(`${words} … (${seconds(Date.now() - began)})`), reassure);
  try {
    const result = await work((next) => {
      words = next;
    });
    if (told) out.write(`${first}: done in ${seconds(Date.now() - began)}\n`);
    return result;
  } finally {
    clearTimeout(begin);
    clearInterval(timer);
  }
}
