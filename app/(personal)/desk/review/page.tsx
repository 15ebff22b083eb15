// The review desk: what waits for a reviewer, oldest first, and what waits for its day.
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { DeskPage } from "@/components/desk/desk-page";
import { ReviewList } from "@/components/desk/review-list";
import { readReviewDesk } from "@/lib/services/read-review";
import { countOf } from "@/lib/ui/labels";

export const metadata = { title: "Review" };

export default page(async () => {
  const ctx = await onlyMembers("/desk/review");
  const { waiting, waitingCount, scheduled } = await readReviewDesk(ctx);
  const more = waitingCount - waiting.length;
  return (
    <DeskPage
      actor={ctx.actor}
      title="Review"
      path="/desk/review"
      lead="Texts that wait for an editor, the oldest first."
    >
      <section aria-label="Waiting">
        {waiting.length === 0 ? <p className="empty">Nothing waits for a review.</p> : <ReviewList items={waiting} />}
        {more > 0 && <p className="house">{countOf(more, "more text waits", "more texts wait")} behind these.</p>}
      </section>
      {scheduled.length > 0 && (
        <section aria-labelledby="scheduled-heading">
          <h2 id="scheduled-heading">With a day set</h2>
          <ReviewList items={scheduled} />
        </section>
      )}
    </DeskPage>
  );
});
