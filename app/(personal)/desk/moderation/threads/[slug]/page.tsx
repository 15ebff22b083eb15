// How one discussion is held: locked, closed on a day, slowed down, looked at first; and what is pinned in it.
import { setThread, unpinComment } from "@/app/(personal)/desk/moderation/threads/[slug]/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { ThreadForm } from "@/components/moderation/thread-form";
import { slugSchema } from "@/lib/domain/article";
import { DomainError } from "@/lib/domain/errors";
import { readThreadSettings } from "@/lib/services/manage-thread";
import { countOf } from "@/lib/ui/labels";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Discussion" };

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: SearchParams;
}

export default page(async ({ params, searchParams }: Props) => {
  const slug = slugSchema.safeParse((await params).slug);
  if (!slug.success) throw new DomainError("not_found");
  const news = await newsOf(searchParams, { saved: "Saved. Readers see it so from now on." });
  const ctx = await onlyMembers(`/desk/moderation/threads/${slug.data}`);
  const thread = await readThreadSettings(ctx, { slug: slug.data });
  return (
    <DeskPage
      actor={ctx.actor}
      title={thread.title}
      path="/desk/moderation"
      lead={
        <>
          Its discussion, with {countOf(thread.commentCount, "comment")}.{" "}
          <a href={`/articles/${thread.slug}#discussion`}>Read it</a>
        </>
      }
      news={news}
    >
      <ThreadForm thread={thread} action={setThread} unpin={unpinComment} state={formStateOf("thread")} />
    </DeskPage>
  );
});
