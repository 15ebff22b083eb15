import "server-only";
// What every form that writes a comment carries besides the text: under which name it is posted, and what no person fills in.
import { z } from "zod";
import { identifierSchema, typedPasswordSchema } from "@/lib/domain/account";
import { type Actor, anonymously } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { identify } from "@/lib/services/identify";
import { logIn } from "@/lib/services/log-in";
import type { PostedComment } from "@/lib/services/post-comment";
import type { Outcome } from "@/lib/web/action";
import { invalidInput } from "@/lib/web/problem";
import { proofField } from "@/lib/web/proof-field";
import { browserOfRequest, keepSession } from "@/lib/web/session";
import { visitorTokenOfRequest } from "@/lib/web/visitor";

/** The sender's key: a UUID of the script's, or whatever an API client likes within reason. */
export const requestKeySchema = z.string().min(8).max(200);

/** Fields of the composer that are not the text; nonsense in those that no person fills in is ignored rather than refused. */
export const composedFields = {
  /** "post" is anonymous, "member" under one's name, "logIn" the latter after logging in right here; "enter" is no button but the key. */
  intent: z.enum(["post", "member", "logIn", "preview", "enter"]).catch("post"),
  /** The user name of who was logged in when the page was drawn. */
  as: z.string().max(200).optional().catch(undefined),
  identifier: z.string().default(""),
  password: z.string().default(""),
  /** The field that people cannot see. */
  website: z.string().max(2_000).catch("filled").default(""),
  ...proofField,
  key: requestKeySchema.optional().catch(undefined),
  /** Milliseconds since the form was first touched. */
  age: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
};

export interface Signature {
  intent: "post" | "member" | "logIn" | "preview" | "enter";
  /** The one to post under anonymously. */
  name?: string;
  /** The user name of the member that the form was for. */
  as?: string;
  identifier: string;
  password: string;
  /** Of work, for logging in or for the comment, whichever asked for one. */
  proof?: string;
}

/**
 * The context under whose name the comment is posted. Logging in happens here, before the comment: should the comment be refused, the
 * person is logged in and the text still there.
 * @throws DomainError `unauthenticated` when nobody is logged in any more; what `logIn` throws, on its fields
 */
export async function signedContext(ctx: Context, signature: Signature): Promise<Context> {
  const intent = wayOf(ctx.actor, signature);
  if (intent === "post") return { ...ctx, actor: anonymously(ctx.actor) };
  if (intent === "member") requireMember(ctx.actor, signature.as);
  const member = ctx.actor.kind === "member";
  // Without scripts the page does not know who is logged in; the empty form of somebody who is means them.
  const empty = signature.identifier === "" && signature.password === "";
  if (member && (intent === "member" || empty)) return ctx;
  return { ...ctx, actor: await loggedIn(ctx, signature) };
}

/**
 * Who pressed "Post as Ada" may have been logged out meanwhile, or somebody else logged in: then nothing is posted under any other name.
 * @param as the user name; any member will do without one
 * @throws DomainError `unauthenticated`
 */
export function requireMember(actor: Actor, as?: string): void {
  if (actor.kind === "member" && (!as || actor.handle === as)) return;
  throw new DomainError("unauthenticated", { reason: "logIn.ended" });
}

/**
 * Which way Enter in a line means. Nobody is to stand under a name that they did not choose: neither under their own because the browser had
 * filled in their password, nor under none because they were not asked.
 * @throws DomainError `invalid` when it could be either
 */
export function wayOf(actor: Actor, signature: Signature): Exclude<Signature["intent"], "enter"> {
  const { intent, name, identifier, password } = signature;
  if (intent !== "enter") return intent;
  const withLogIn = identifier !== "" && password !== "";
  if (actor.kind !== "member" && !withLogIn) return "post";
  if (withLogIn && !name) return "logIn";
  throw new DomainError("invalid", { reason: "composer.which_way" });
}

const credentialsSchema = z.object({ identifier: identifierSchema, password: typedPasswordSchema });

async function loggedIn(ctx: Context, { identifier, password, proof }: Signature): Promise<Actor> {
  const parsed = credentialsSchema.safeParse({ identifier, password });
  if (!parsed.success) throw invalidInput(parsed.error);
  const browser = await browserOfRequest();
  const started = await logIn(ctx, { ...parsed.data, browser, proof });
  await keepSession(started, browser);
  return identify({ session: started.sessionToken, visitor: await visitorTokenOfRequest() });
}

/** Onwards to the new comment. */
export function postedOutcome(posted: PostedComment): Outcome {
  return { goTo: posted.url, events: posted.events, visitorToken: posted.visitorToken };
}
