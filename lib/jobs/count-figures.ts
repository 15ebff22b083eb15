// Every minute: the figures of moderation are counted on, from where the last minute stopped.
import type { Task } from "graphile-worker";
import { tell } from "@/lib/jobs/tell";
import { countFigures } from "@/lib/services/count-figures";

/** Milliseconds that one run may take: the next minute goes on, so that a first count of a large site never stands in its own way. */
const longest = 50_000;

/** @throws when the database is away; the next minute's run takes it up where this one was */
export const countFiguresJob: Task = async (_payload, { abortSignal }) => {
  const end = performance.now() + longest;
  await tell(await countFigures(() => (abortSignal?.aborted ?? false) || performance.now() > end));
};
