import "server-only";
// The wrapper that every server action is made by: origin → fields → who → schema → service → what to show (R18, R20, R21).
// A refusal goes back into the form with the text kept; success leads on.
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { currentExchange } from "@/lib/edge/exchange";
import { originAllowed } from "@/lib/edge/origin";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import type { FormState } from "@/lib/ui/form-state";
import { sentence } from "@/lib/ui/labels";
import { configuredProviders } from "@/lib/web/auth";
import { leaveFormState, written } from "@/lib/web/form-state";
import { invalidInput, problemOf } from "@/lib/web/problem";
import { purge } from "@/lib/web/purge";
import { refuseWhileReadOnly } from "@/lib/web/read-only";
import { contextOf } from "@/lib/web/request";
import { answerStatus, reportError } from "@/lib/web/respond";
import { logInPath } from "@/lib/web/return-path";
import { keepVisitorToken } from "@/lib/web/visitor";

/** Fields that most of our forms have at most; more is no form of ours. */
const fieldsUsual = 50;

/** What an action leads to: another page, or the same one with something in the form. */
export type Outcome =
  | { goTo: string; events?: readonly DomainEvent[]; visitorToken?: string }
  | { show: Partial<Omit<FormState, "form">>; events?: readonly DomainEvent[] };

export interface ActionDefinition<Schema extends z.ZodType> {
  /** The form's name; the page asks for its state by it. */
  form: string;
  schema: Schema;
  /** For members only: the path to come back to after logging in. */
  members?: `/${string}`;
  /** The name of a field that brings a file; the address of the form must be one where the front door lets files in. */
  file?: string;
  /** Fields that this form has at most, where there are many. */
  fields?: number;
  run: (ctx: Context, input: z.output<Schema>) => Promise<Outcome>;
}

const mark = Symbol.for("colloquy.action");

/** Whether a function was made by `action`: a test asks this of every exported action. */
export function isAction(value: unknown): boolean {
  return typeof value === "function" && mark in value;
}

/** What goes back into a form: all that was typed, but no password. */
function shownAgain(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name)));
}

/** Makes a server action. */
export function action<Schema extends z.ZodType>(
  definition: ActionDefinition<Schema>,
): (form: FormData) => Promise<void> {
  const run = async (form: FormData): Promise<void> => {
    const values = fieldsOf(form, definition.fields ?? fieldsUsual);
    let outcome: Outcome;
    try {
      outcome = await attempt(
        definition,
        values,
        definition.file === undefined ? undefined : form.get(definition.file),
      );
    } catch (error) {
      refuse(definition.form, shownAgain(values), error);
      return;
    }
    if ("show" in outcome) {
      await purge(outcome.events ?? []);
      leaveFormState({ form: definition.form, values: shownAgain(values), errors: {}, ...outcome.show });
      return;
    }
    if (outcome.visitorToken) await keepVisitorToken(outcome.visitorToken);
    await purge(outcome.events ?? []);
    redirect(outcome.goTo);
  };
  return Object.assign(run, { [mark]: true });
}

async function attempt<Schema extends z.ZodType>(
  definition: ActionDefinition<Schema>,
  fields: Record<string, string>,
  file: FormDataEntryValue | null | undefined,
): Promise<Outcome> {
  const sent = await headers();
  const allowed = originAllowed({
    method: "POST",
    path: "/",
    origin: sent.get("origin") ?? undefined,
    secFetchSite: sent.get("sec-fetch-site") ?? undefined,
    hasCookie: sent.has("cookie"),
    publicOrigin: env().publicOrigin,
  });
  if (!allowed) throw new DomainError("forbidden", { reason: "origin.foreign" });
  refuseWhileReadOnly();
  const ctx = await contextOf();
  if (definition.members && ctx.actor.kind !== "member") {
    // The page that is drawn keeps it (app/only-members).
    if (written(shownAgain(fields)).length > 0) throw new DomainError("unauthenticated");
    return { goTo: logInPath(definition.members) };
  }
  const parsed = definition.schema.safeParse(
    definition.file === undefined ? fields : { ...fields, [definition.file]: file },
  );
  if (!parsed.success) throw invalidInput(parsed.error);
  return definition.run(ctx, parsed.data);
}

/** The text fields of a form, the first of each name. Next's own, which begin with "$", are left out. */
function fieldsOf(form: FormData, fieldsRead: number): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  let read = 0;
  for (const [name, value] of form.entries()) {
    if (name.startsWith("$") || typeof value !== "string") continue;
    if (++read > fieldsRead) break;
    values[name] ??= value;
  }
  return values;
}

function refuse(form: string, values: Record<string, string>, error: unknown): void {
  const problem = problemOf(error);
  if (!problem) {
    const message = `${sentence("broken")} (${reportError(error)})`;
    answerStatus(500);
    leaveFormState({ form, values, errors: {}, message });
    return;
  }
  answerStatus(problem.status);
  if (problem.retryAfter !== undefined)
    currentExchange()?.response.setHeader("Retry-After", String(problem.retryAfter));
  const { fields: errors = {}, detail: message, challenge } = problem;
  const confirmBy = problem.confirmBy && configuredProviders().filter(({ id }) => problem.confirmBy?.includes(id));
  leaveFormState({ form, values, errors, message, challenge, confirmBy });
}
