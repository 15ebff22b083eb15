// At every start and every ten minutes: what was written before there was a search is read for it. Nearly always nothing is left to do.
import type { Task } from "graphile-worker";
import { fillWholeSearch } from "@/lib/services/search";

/** @throws when the database is away; the next one takes it up where this one was */
export const fillSearchJob: Task = (_payload, { abortSignal }) => fillWholeSearch(() => abortSignal?.aborted ?? false);
