// What stands where the list was, when all of it is decided: said aloud by the focus that comes here, with the way to what waits elsewhere.
import type { Ref } from "react";
import { countText, tabOrder, tabPath } from "@/components/moderation/queue-tabs";
import type { CommentTab, QueueCounts } from "@/lib/domain/moderation-queue";
import { emptyWords, tabLabels } from "@/lib/ui/moderation-words";

interface QueueEmptyProps {
  heading: Ref<HTMLHeadingElement>;
  tab: CommentTab;
  counts: QueueCounts;
  /** More is being fetched. */
  more: boolean;
}

export function QueueEmpty({ heading, tab, counts, more }: QueueEmptyProps) {
  // Spam that was put aside waits for nobody.
  const elsewhere = tabOrder.filter((one) => one !== tab && one !== "spam" && counts[one] > 0);
  return (
    <div className="queue-empty">
      <h2 ref={heading} tabIndex={-1}>
        {more ? "On to what comes next." : emptyWords[tab]}
      </h2>
      {!more && elsewhere.length > 0 && (
        <p>
          Still open:{" "}
          {elsewhere.map((one, index) => (
            <span key={one}>
              {index > 0 && ", "}
              <a href={tabPath(one)}>
                {tabLabels[one]} ({countText(counts[one])})
              </a>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
