// What becomes of an address whose article is not there: it has moved, or there is nothing.
import { DomainError } from "@/lib/domain/errors";
import { findRedirect } from "@/lib/store/articles";
import type { Transaction } from "@/lib/store/client";

/** The article has another slug now. */
export interface Moved {
  moved: string;
}

/** @throws DomainError `not_found` when no article ever had this slug */
export async function movedOrMissing(db: Transaction, slug: string): Promise<Moved> {
  const moved = await findRedirect(db, slug);
  if (!moved) throw new DomainError("not_found");
  return { moved };
}
