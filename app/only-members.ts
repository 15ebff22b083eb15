// Pages that are a member's own: whoever is not logged in is sent to log in, and comes back. Only not with a form in which they wrote:
// their log-in has ended meanwhile, and what they wrote must not go with it.
import { redirect } from "next/navigation";
import type { MemberActor } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { writtenInForm } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";
import { logInPath } from "@/lib/web/return-path";

/**
 * The context of the member who asks for the page at `path`; it is theirs alone, and never stored.
 * @throws DomainError `unauthenticated` when this request brings what somebody wrote
 */
export async function onlyMembers(path: string): Promise<Context & { actor: MemberActor }> {
  personal();
  const ctx = await contextOf();
  if (ctx.actor.kind !== "member") {
    if (writtenInForm().length > 0) throw new DomainError("unauthenticated");
    redirect(logInPath(path));
  }
  return { ...ctx, actor: ctx.actor };
}
