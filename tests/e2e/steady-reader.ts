// A reader who asks for an article again and again while a story goes on, and remembers every answer that was another than the one before.
import { setImmediate as breath } from "node:timers/promises";

export interface SteadyReader {
  /** The answer to a question that is asked after this call. */
  next(): Promise<string>;
  /** Ends the reading. @returns the answers in the order in which they came, each once as long as it stayed */
  stop(): Promise<string[]>;
}

/** What a reader sees: the status, where it is not 200, or else the title and the text as they are sent, tags taken out. */
async function ask(address: string): Promise<string> {
  const answer = await fetch(address);
  const html = await answer.text();
  if (answer.status !== 200) return String(answer.status);
  const title = /<h1 id="title"[\s\S]*?<\/h1>/.exec(html)?.[0] ?? "";
  const text = /<div class="article-text[\s\S]*?<\/div>/.exec(html)?.[0] ?? "";
  return `${title} ${text}`.replace(/<[^>]*>/g, "").trim();
}

/** Begins to read: the next question follows its answer at once. */
export function readSteadily(address: string): SteadyReader {
  const answers: string[] = [];
  let going = true;
  let asked = 0;
  let waiting: { after: number; tell: (answer: string) => void }[] = [];
  const reading = (async () => {
    while (going) {
      asked++;
      const answer = await ask(address).catch((error: unknown) => `no answer: ${error}`);
      if (answer !== answers.at(-1)) answers.push(answer);
      for (const { after, tell } of waiting) if (asked > after) tell(answer);
      waiting = waiting.filter(({ after }) => asked <= after);
      await breath();
    }
  })();
  return {
    next: () => new Promise((tell) => waiting.push({ after: asked, tell })),
    async stop() {
      going = false;
      await reading;
      return answers;
    },
  };
}
