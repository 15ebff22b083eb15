// Which visitor holds this token.
import type { VisitorActor } from "@/lib/domain/actor";
import { sha256 } from "@/lib/services/tokens";
import { database } from "@/lib/store/client";
import { findVisitor } from "@/lib/store/visitors";

/** The visitor with this cookie token; somebody yet unknown when there is none. */
export async function identifyVisitor(token: string | undefined): Promise<VisitorActor> {
  const found = token ? await findVisitor(database(), sha256(token)) : null;
  return { kind: "visitor", visitorId: found?.id ?? null };
}
