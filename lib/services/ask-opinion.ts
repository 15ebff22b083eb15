// An opinion from outside: a signed question to a service that the site's owner names, and its answer within a second. It can have a comment
// held and nothing else; whatever goes wrong is no opinion (docs/screening-hook.md).
import { createHmac } from "node:crypto";
import { z } from "zod";
import { handleOf } from "@/lib/domain/actor";
import { type Opinion, opinions } from "@/lib/domain/comment-screening";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { once } from "@/lib/once";
import type { Context } from "@/lib/services/context";

/** From the question to the last byte of the answer, in milliseconds: a person waits. */
const patienceMs = 1_000;

/** An answer is a few dozen bytes. */
const largestAnswer = 10_000;

/** Questions at a time; more would only wait for each other. */
const atOnce = 20;

/** After so many failures in a row nobody is asked for a while; then one question tries whether it works again. */
const failuresInRow = 3;
const restMs = 60_000;

interface Circuit {
  asking: number;
  failures: number;
  /** Until then nobody is asked. */
  restsUntil: number;
}

const circuit = () => once("screening-hook", (): Circuit => ({ asking: 0, failures: 0, restsUntil: 0 }));

export interface QuestionedComment {
  /** The article's, for a new comment. */
  slug?: string;
  /** For a new text of a comment that is there already. */
  commentId?: string;
  /** Markdown. */
  body: string;
  links: number;
  hosts: readonly string[];
  guest: boolean;
}

const answerSchema = z.object({ opinion: z.enum(opinions) });

/** What the service says of a comment; "none" without a service, or when it fails. Never throws. */
export async function askOpinion(ctx: Context, comment: QuestionedComment): Promise<Opinion> {
  const hook = env().screeningHook;
  const state = circuit();
  if (!hook || state.asking >= atOnce || performance.now() < state.restsUntil) return "none";
  state.asking++;
  try {
    const opinion = await ask(hook, question(ctx, comment));
    state.failures = 0;
    return opinion;
  } catch (error) {
    state.failures++;
    if (state.failures >= failuresInRow) state.restsUntil = performance.now() + restMs;
    log().warn({ reason: reasonOf(error), failures: state.failures }, "The screening hook gave no opinion.");
    return "none";
  } finally {
    state.asking--;
  }
}

function question(ctx: Context, { slug, commentId, body, links, hosts, guest }: QuestionedComment): string {
  const author = guest ? { kind: "guest" } : { kind: "member", handle: handleOf(ctx.actor) };
  const about = commentId === undefined ? { event: "post", article: { slug } } : { event: "edit", id: commentId };
  return JSON.stringify({ version: 1, ...about, comment: { body, links, hosts }, author });
}

async function ask(hook: { url: string; secret: string }, body: string): Promise<Opinion> {
  const time = Math.floor(Date.now() / 1_000);
  const signature = createHmac("sha256", hook.secret).update(`${time}.${body}`).digest("hex");
  const response = await fetch(hook.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "user-agent": "Colloquy",
      "colloquy-timestamp": String(time),
      "colloquy-signature": `sha256=${signature}`,
    },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`It answered with ${response.status}.`);
  }
  return answerSchema.parse(JSON.parse(await textWithin(response, largestAnswer))).opinion;
}

/** The body as text; one that is larger is broken off. */
async function textWithin(response: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > most) throw new Error("Its answer is too large.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The kind of failure, without what the other side said. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return "Its answer could not be read.";
  return error instanceof Error ? error.message : "unknown";
}
