// Publishing what a day was set for. The job may come twice, late, in two processes at once, or after its text was withdrawn: the text is
// published once, and only when it is due.
import type { DomainEvent } from "@/lib/domain/events";
import { authorize } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { publishRevision } from "@/lib/services/publish-revision";
import { database, inTransaction } from "@/lib/store/client";
import { dueRevisions } from "@/lib/store/reviews";
import { lockRevision } from "@/lib/store/revision-states";

/**
 * Publishes one revision, if it is scheduled and due. Its wish for an address that was taken meanwhile is let go: readers get the text.
 * @throws DomainError `forbidden` for everybody but the system
 */
export async function publishDue(ctx: Context, input: { revisionId: number }): Promise<DomainEvent[]> {
  const permit = authorize(ctx.actor, "revision.publishDue");
  return inTransaction(async (tx) => {
    const revision = await lockRevision(tx, input.revisionId);
    if (revision?.state !== "SCHEDULED" || revision.scheduledFor === null) return [];
    if (revision.scheduledFor > revision.now) return [];
    const { class: kind, note } = revision;
    return publishRevision(tx, permit, { revision, class: kind, note, takenSlug: "keep old" });
  });
}

/**
 * Publishes whatever is due: what a lost job left behind. One that fails does not hold up the others.
 * @throws the first failure, after all were tried
 */
export async function publishAllDue(ctx: Context): Promise<DomainEvent[]> {
  const events: DomainEvent[] = [];
  const failures: unknown[] = [];
  for (const revisionId of await dueRevisions(database())) {
    try {
      events.push(...(await publishDue(ctx, { revisionId })));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return events;
}
