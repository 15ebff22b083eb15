// Pages that are a member's own: whoever is not logged in is sent to log in, and comes back.
import { redirect } from "next/navigation";
import type { MemberActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/services/context";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";
import { logInPath } from "@/lib/web/return-path";

/** The context of the member who asks for the page at `path`; it is theirs alone, and never stored. */
export async function onlyMembers(path: string): Promise<Context & { actor: MemberActor }> {
  personal();
  const ctx = await contextOf();
  if (ctx.actor.kind !== "member") redirect(logInPath(path));
  return { ...ctx, actor: ctx.actor };
}
