import "server-only";
// Who asks, when, and from where: the context of every use case, made anew for each request.
import { cache } from "react";
import type { Actor } from "@/lib/domain/actor";
import { networkOf } from "@/lib/edge/addresses";
import { currentExchange } from "@/lib/edge/exchange";
import { env } from "@/lib/env";
import { identifyProgram } from "@/lib/services/access-tokens";
import type { Context } from "@/lib/services/context";
import { identify } from "@/lib/services/identify";
import { sessionTokenOfRequest } from "@/lib/web/session";
import { visitorTokenOfRequest } from "@/lib/web/visitor";

function contextWith(actor: Actor): Context {
  return {
    actor,
    now: new Date(),
    network: networkOf(currentExchange()?.address ?? ""),
    ownOrigin: env().publicOrigin,
  };
}

/** For pages that are the same for everybody: nobody in particular asks, and no cookie is read. */
export const publicContext = cache((): Context => contextWith({ kind: "visitor", visitorId: null }));

/** For pages and actions that are one person's. */
export const contextOf = cache(async (): Promise<Context> => {
  return contextWith(
    await identify({ session: await sessionTokenOfRequest(), visitor: await visitorTokenOfRequest() }),
  );
});

/** For a program that sends an access token: the context of its maker, or null when the token opens nothing. */
export async function contextOfProgram(token: string): Promise<Context | null> {
  const actor = await identifyProgram(token);
  return actor && contextWith(actor);
}
