// What a moderator is told whose verdict came too late: what happened to the comment meanwhile, and by whom.
import { DomainError } from "@/lib/domain/errors";
import type { Seen } from "@/lib/domain/verdict";
import type { LastLine } from "@/lib/store/moderation-log";

/** The refusal of a verdict on another state than the one that was seen. @param last the newest line about the comment */
export function refuseChanged(now: Seen, seen: Seen, last: LastLine | null): DomainError {
  if (now.status === "DELETED") return new DomainError("conflict", { reason: "verdict.after.delete" });
  if (now.revision !== seen.revision && now.status === seen.status && last?.kind !== "APPROVE_EDIT") {
    return new DomainError("conflict", { reason: "verdict.after.edit" });
  }
  if (now.status === seen.status && now.edit !== seen.edit && last?.actorName === null) {
    return new DomainError("conflict", { reason: "verdict.after.edit" });
  }
  if (now.status === seen.status && now.reported && !seen.reported) {
    return new DomainError("conflict", { reason: "verdict.after.report" });
  }
  if (!last) return new DomainError("conflict", { reason: "state.changed" });
  const what = last.reversal ? "reversal" : last.kind;
  return new DomainError("conflict", {
    reason: `verdict.after.${what}`,
    values: { who: last.actorName ?? "The site itself" },
  });
}
