"use server";
// What is done with a text on its way to readers: decided about, withdrawn, written notes on.
import { z } from "zod";
import {
  draftNoteSchema,
  editorialReasonSchema,
  noteLineSchema,
  revisionNoteSchema,
} from "@/lib/domain/editorial-input";
import { DomainError } from "@/lib/domain/errors";
import { instantOf } from "@/lib/domain/local-time";
import { revisionClasses } from "@/lib/domain/revision";
import { addNote as add, settle } from "@/lib/services/draft-notes";
import { readSite } from "@/lib/services/read-site";
import { requestChanges as ask, publish as publishNow, schedule as setDay } from "@/lib/services/review-revision";
import { takeUpAgain, withdrawRevision } from "@/lib/services/withdraw-revision";
import { action } from "@/lib/web/action";
import { returnPath } from "@/lib/web/return-path";

const members = "/desk/review";
const id = z.coerce.number().int().positive();
const seen = { revision: id, saveNumber: z.coerce.number().int().min(0) };
const forReaders = { class: z.enum(revisionClasses).nullable().catch(null).default(null), note: revisionNoteSchema };

const at = (revision: number, news: string) => ({ goTo: `/desk/review/${revision}?news=${news}` });

/** Send it back with a reason. */
export const requestChanges = action({
  form: "requestChanges",
  members,
  schema: z.object({ ...seen, reason: editorialReasonSchema }),
  run: async (ctx, { revision, saveNumber, reason }) => {
    await ask(ctx, { revisionId: revision, saveNumber, reason });
    return at(revision, "sentBack");
  },
});

/** Publish it at once. */
export const publish = action({
  form: "publish",
  members,
  schema: z.object({ ...seen, ...forReaders }),
  run: async (ctx, { revision, saveNumber, class: kind, note }) => {
    const events = await publishNow(ctx, { revisionId: revision, saveNumber, class: kind, note });
    return { ...at(revision, "published"), events };
  },
});

/** Publish it on a day to come, by the clock of the site. */
export const schedule = action({
  form: "schedule",
  members,
  schema: z.object({ ...seen, ...forReaders, at: z.string().default("") }),
  run: async (ctx, { revision, saveNumber, class: kind, note, at: local }) => {
    if (local === "") throw new DomainError("invalid", { fields: { at: "schedule.missing" } });
    const day = instantOf(local, (await readSite(ctx)).timeZone);
    if (!day) throw new DomainError("invalid", { fields: { at: "schedule.no_such_time" } });
    await setDay(ctx, { revisionId: revision, saveNumber, class: kind, note, at: day });
    return at(revision, "scheduled");
  },
});

/** Take it back. */
export const withdraw = action({
  form: "withdraw",
  members,
  schema: z.object({ revision: id, reason: editorialReasonSchema }),
  run: async (ctx, { revision, reason }) => {
    await withdrawRevision(ctx, { revisionId: revision, reason });
    return at(revision, "withdrawn");
  },
});

/** Begin a draft with a text that was withdrawn. */
export const takeUp = action({
  form: "takeUp",
  members,
  schema: z.object({ revision: id }),
  run: async (ctx, { revision }) => {
    const { articleId } = await takeUpAgain(ctx, { revisionId: revision });
    return { goTo: `/desk/drafts/${articleId}` };
  },
});

/** Write a note on it. */
export const addNote = action({
  form: "note",
  members,
  schema: z.object({ revision: id, back: z.string().default(""), line: noteLineSchema, body: draftNoteSchema }),
  run: async (ctx, { revision, back, line, body }) => {
    const note = await add(ctx, { revisionId: revision, line, body });
    return { goTo: `${returnPath(back, `/desk/review/${revision}`)}#note-${note.id}` };
  },
});

/** Settle a note, or open it again. */
export const settleNote = action({
  form: "settleNote",
  members,
  schema: z.object({ note: id, back: z.string().default(""), settled: z.enum(["yes", "no"]) }),
  run: async (ctx, { note, back, settled }) => {
    const { revisionId } = await settle(ctx, { noteId: note, settled: settled === "yes" });
    return { goTo: `${returnPath(back, `/desk/review/${revisionId}`)}#notes-heading` };
  },
});
