"use server";
// What moderators lay on a person, and lift again.
import { z } from "zod";
import { commentIdSchema } from "@/lib/domain/comment";
import { networkLimitSchema, sanctionSchema } from "@/lib/domain/sanction";
import { lift, limitNetwork, sanctionPerson } from "@/lib/services/sanction-person";
import { action } from "@/lib/web/action";

const desk = "/desk/moderation";
/** The person's page to come back to. */
const who = z.object({ who: z.string().max(40) });

/** "member-12", "visitor-33" */
const aboutSchema = z
  .string()
  .regex(/^(member|visitor)-[1-9]\d{0,8}$/, { message: "field.wrong" })
  .transform((text) => {
    const [kind, id] = text.split("-");
    return kind === "member" ? { userId: Number(id) } : { visitorId: Number(id) };
  });

function personPage(key: string, news: string): string {
  return `${desk}/people/${encodeURIComponent(key)}?news=${news}`;
}

/** Lays a note, a warning or a limit on somebody. */
export const sanction = action({
  form: "sanction",
  members: desk,
  schema: sanctionSchema.and(who).and(z.object({ about: aboutSchema })),
  run: async (ctx, { about, kind, reason, days, who }) => {
    const { events } = await sanctionPerson(ctx, { about, kind, reason, days });
    return { goTo: personPage(who, kind), events };
  },
});

/** Ends something before its time. */
export const liftSanction = action({
  form: "lift",
  members: desk,
  schema: who.and(z.object({ id: z.coerce.number().int().positive() })),
  run: async (ctx, { id, who }) => {
    const { events } = await lift(ctx, { id });
    return { goTo: personPage(who, "lifted"), events };
  },
});

/** Holds or refuses for some hours what guests post from the network of a comment. */
export const limit = action({
  form: "network",
  members: desk,
  schema: networkLimitSchema.and(who).and(z.object({ comment: commentIdSchema })),
  run: async (ctx, { comment, kind, reason, hours, who }) => {
    const { events } = await limitNetwork(ctx, { commentId: comment, kind, reason, hours });
    return { goTo: personPage(who, "network"), events };
  },
});
