// Mail to those who write a revision about what became of it. Whoever did it needs no mail about it.
import type { Transaction } from "@/lib/store/client";
import { enqueue } from "@/lib/store/jobs";
import type { RevisionInHand } from "@/lib/store/revision-states";

/** Adds the mails to the queue. */
export async function tellWriters(
  tx: Transaction,
  revision: Pick<RevisionInHand, "title" | "writers">,
  about: {
    news: "changesRequested" | "scheduled" | "published";
    path: `/${string}`;
    reason: string;
    /** The member who did it; null for the system. */
    except: number | null;
  },
): Promise<void> {
  const { except, ...told } = about;
  for (const userId of revision.writers) {
    if (userId === except) continue;
    const payload = { kind: "editorial", userId, title: revision.title, ...told } as const;
    await enqueue(tx, { task: "send-mail", payload });
  }
}
