// What this browser posted anonymously, offered to its member: all, some or none of it.
import { claim } from "@/app/(personal)/settings/comments/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { SettingsPage } from "@/components/account/settings-page";
import { Sheet } from "@/components/account/sheet";
import { Day } from "@/components/ui/day";
import { readClaimable } from "@/lib/services/claim-comments";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Anonymous comments" };

const news = {
  welcome: "Welcome. Your address is confirmed, and you are logged in.",
  claimed: "They stand under your name now.",
  none: "Nothing was changed. Tick those that shall stand under your name.",
};

function Claimable({ comments }: { comments: Awaited<ReturnType<typeof readClaimable>> }) {
  return (
    <ul className="rows plain-list">
      {comments.map((comment) => (
        <li key={comment.id}>
          <label className="choice tall">
            <input type="checkbox" name={`comment-${comment.id}`} value="1" />
            <span className="choice-text">
              <span className="house">
                <bdi>{comment.authorName}</bdi>, <Day date={comment.createdAt} />, on <bdi>{comment.article.title}</bdi>
              </span>
              <br />
              <bdi>{comment.excerpt}</bdi>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/settings/comments");
  const comments = await readClaimable(ctx);
  return (
    <SettingsPage title="Anonymous comments" path="/settings/comments" news={await newsOf(searchParams, news)}>
      {comments.length === 0 ? (
        <p>This browser has no anonymous comments that could become yours.</p>
      ) : (
        <>
          <p>
            You posted these anonymously in this browser. Those you tick will stand under your name, for everybody to
            see; that cannot be undone. The others stay anonymous, and nothing ties them to you.
          </p>
          <Sheet
            label="Anonymous comments"
            action={claim}
            state={formStateOf("claim")}
            button="Make the ticked ones mine"
            more={
              <>
                <button type="submit" name="intent" value="all" className="quiet">
                  All of them
                </button>
                <a href="/settings">None of them</a>
              </>
            }
          >
            <Claimable comments={comments} />
          </Sheet>
        </>
      )}
    </SettingsPage>
  );
});
