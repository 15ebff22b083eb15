// The queue's tabs with what waits in each.
import { limits } from "@/lib/domain/limits";
import { commentTabs, type QueueCounts, type QueueTab } from "@/lib/domain/moderation-queue";
import { tabLabels } from "@/lib/ui/moderation-words";

const [held, reported, spam] = commentTabs;
export const tabOrder: readonly QueueTab[] = [held, reported, "appeals", spam];

/** "12", "1,000+" */
export function countText(count: number): string {
  return count > limits.queueCounted ? `${limits.queueCounted.toLocaleString("en-GB")}+` : String(count);
}

/** The address of a tab. */
export function tabPath(tab: QueueTab): string {
  return tab === "appeals" ? "/desk/moderation/appeals" : `/desk/moderation?tab=${tab}`;
}

export function QueueTabs({ tab, counts }: { tab: QueueTab | null; counts: QueueCounts }) {
  return (
    <nav className="queue-tabs" aria-label="The queue">
      <ul className="plain-list">
        {tabOrder.map((one) => (
          <li key={one}>
            <a href={tabPath(one)} aria-current={one === tab ? "page" : undefined}>
              {tabLabels[one]} <span className="tab-count">{countText(counts[one])}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
