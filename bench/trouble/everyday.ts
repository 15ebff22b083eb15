// Twenty requests a second of what goes on at any time on a first-run site: reading what lies ready, reading what must be drawn, posting by
// program and by form. Every answer is judged.
import { Client } from "@/bench/client";
import { counted, Tally } from "@/bench/trouble/answers";
import { steadily } from "@/bench/trouble/pace";
import { postByForm, postByProgram, type Sent } from "@/bench/trouble/posts";

/** The article that is posted to, and read. */
const busy = "do-plants-hear";

/** Read before it begins, so that they lie ready. */
const readyPages = ["/", `/articles/${busy}`, "/articles/why-is-the-night-sky-dark", "/topics"];

export interface Everyday {
  /** Pages that lie ready: 200, whatever happens. */
  ready: Tally;
  /** What needs the database: 200, or 503 with a sentence. */
  others: Tally;
  posting: Tally;
  sent: Sent[];
  end(): Promise<void>;
}

/** Begins at once. @param perSecond requests, four fifths of them reading */
export async function everydayLoad(origin: string, perSecond: number): Promise<Everyday> {
  const day = { ready: new Tally(), others: new Tally(), posting: new Tally(), sent: [] as Sent[] };
  const reader = new Client(origin);
  for (const page of readyPages) {
    const { status } = await reader.get(page, { accept: "text/html" });
    if (status !== 200) throw new Error(`${page} answered ${status} before anything was wrong.`);
  }
  const comments = `/api/v1/articles/${busy}/comments?limit=10`;
  const { body } = await reader.get(comments, { "accept-encoding": "identity" });
  const id = /"id":"(\d+)"/.exec(body.toString("utf8"))?.[1];
  // Drawn each time for whoever asks, but for the first.
  const otherPages = [comments, "/log-in", `/comments/${id}`, `/comments/${id}`];
  let turn = 0;
  const next = (pages: readonly string[]) => pages[turn++ % pages.length] ?? "/";
  const read = (into: Tally, page: string) =>
    counted({ into, what: page, hoped: [200] }, () =>
      // Nobody in particular: who has just posted is owed more than what lies ready.
      new Client(origin).get(page, { accept: "text/html", "accept-encoding": "identity" }),
    );
  const keep = (one: Sent | undefined) => {
    if (one) day.sent.push(one);
  };
  const paces = [
    steadily(perSecond * 0.6, () => read(day.ready, next(readyPages))),
    steadily(perSecond * 0.2, () => read(day.others, next(otherPages))),
    steadily(perSecond * 0.15, async () => keep(await postByProgram(origin, busy, day.posting))),
    steadily(perSecond * 0.05, async () => keep(await postByForm(origin, busy, day.posting))),
  ];
  return {
    ...day,
    end: async () => {
      await Promise.all(paces.map((pace) => pace.end()));
    },
  };
}
