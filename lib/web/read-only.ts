import "server-only";
// While the site is open for reading only, whatever is sent comes back with a plain sentence, before any work is done for it.
import { DomainError } from "@/lib/domain/errors";
import { readOnlyCause } from "@/lib/edge/read-only";

/** Seconds after which another try makes sense: somebody has to make room, or finish what the switch was for. */
const retryAfter = 120;

/** @throws DomainError `unavailable` while nothing may be written */
export function refuseWhileReadOnly(): void {
  if (readOnlyCause()) throw new DomainError("unavailable", { reason: "site.read_only", retryAfter });
}
