// Comments that are posted in bad times: each with a key of its own, remembered with its answer, and counted in the database afterwards.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { type Answer, Client } from "@/bench/client";
import { counted, type Tally } from "@/bench/trouble/answers";
import { drawnForm } from "@/bench/trouble/forms";
import { timeUntil } from "@/bench/trouble/pace";

export interface Sent {
  key: string;
  body: string;
  /** By a program, or by the form of the page without scripts. */
  by: "program" | "form";
  /** The answer was a yes. */
  taken: boolean;
  /** What it called the comment, where it did. */
  id: string | undefined;
  again(origin: string): Promise<Answer>;
}

const yes = { program: 201, form: 303 } as const;

/** A comment that is not there after so long, in milliseconds, will not come. */
const patience = 30_000;

/** Posts as programs do, as somebody new. */
export async function postByProgram(origin: string, slug: string, into: Tally): Promise<Sent> {
  const [key, body] = [randomUUID(), `By a program, ${randomUUID()}.`];
  const again = (where: string) =>
    new Client(where).postJson(`/api/v1/articles/${slug}/comments`, { body }, { "idempotency-key": key });
  const answer = await counted({ into, what: "A post by a program", hoped: [yes.program] }, () => again(origin));
  return { key, body, by: "program", ...outcome("program", answer), again };
}

/** Posts by the form of the article's page, as a browser without scripts does, as somebody new. */
export async function postByForm(origin: string, slug: string, into: Tally): Promise<Sent | undefined> {
  const page = `/articles/${slug}`;
  const drawn = await drawnForm(new Client(origin), page, { id: "post" }).catch(() => undefined);
  if (!drawn) return undefined;
  const [key, body] = [randomUUID(), `By a form, ${randomUUID()}.`];
  const fields = drawn.filled({ body, key, intent: "post" });
  const again = (where: string) => new Client(where).postForm(page, fields, { "accept-encoding": "identity" });
  const answer = await counted({ into, what: "A post by a form", hoped: [yes.form] }, () => again(origin));
  return { key, body, by: "form", ...outcome("form", answer), again };
}

function outcome(by: Sent["by"], answer: Answer | undefined): Pick<Sent, "taken" | "id"> {
  const taken = answer?.status === yes[by];
  const id = taken && by === "program" ? /"id":"?(\d+)/.exec(answer.body.toString("utf8"))?.[1] : undefined;
  return { taken, id };
}

/** Looked after at a time. */
const atOnce = 4;

export interface Settled {
  taken: number;
  refused: number;
  /** Refused, and there all the same before they were sent again: their yes was lost on its way. */
  thereAllTheSame: number;
  lost: number;
  doubled: number;
  /** Sent again with the same key, and still not taken, or taken as another comment. */
  notRepaired: number;
}

/** Looks whether what was answered with yes is there once; sends the rest again with its key, and looks again. */
export async function settle(origin: string, databaseUrl: string, sent: readonly Sent[]): Promise<Settled> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: atOnce });
  const idsOf = async ({ body }: Sent) => {
    const { rows } = await pool.query<{ id: string }>("SELECT id::text FROM comments WHERE body = $1", [body]);
    return rows.map(({ id }) => id);
  };
  const settled = { taken: 0, refused: 0, thereAllTheSame: 0, lost: 0, doubled: 0, notRepaired: 0 };
  try {
    const left = [...sent];
    const some = async () => {
      for (let one = left.pop(); one; one = left.pop()) await look(one);
    };
    const look = async (one: Sent) => {
      const before = await idsOf(one);
      if (before.length > 1) settled.doubled += 1;
      if (one.taken) {
        settled.taken += 1;
        if (before.length === 0 || (one.id !== undefined && one.id !== before[0])) settled.lost += 1;
        return;
      }
      settled.refused += 1;
      settled.thereAllTheSame += before.length;
      await timeUntil(async () => (await one.again(origin)).status === yes[one.by], patience);
      const after = await idsOf(one);
      if (after.length !== 1 || (before[0] !== undefined && before[0] !== after[0])) settled.notRepaired += 1;
    };
    await Promise.all(Array.from({ length: atOnce }, some));
  } finally {
    await pool.end();
  }
  return settled;
}
